import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { deleteManifests } from '../../../../main/registry/deletion/delete-manifests.ts';
import { planDeletion } from '../../../../main/registry/deletion/plan-deletion.ts';
import { retag } from '../../../../main/registry/manifests/retag.ts';
import type { DeletionPlan } from '../../../../shared/model/deletion.ts';
import {
  describeWithLab,
  type Image,
  imageOf,
  layerOf,
  startDaemon,
  startTokenRegistry,
} from '../../../lab/index.ts';
import { inLabNetwork } from '../../../lab/lab-network.ts';
import { portAnswers } from '../../../lab/port-answers.ts';
import { collect } from '../open-fake.ts';
import {
  collectGarbage,
  ownRegistry,
  placeIn,
  push,
  pushIndex,
  storedBytes,
} from '../writing-scene.ts';

const random = (bytes: number) => layerOf([{ path: 'r', content: randomBytes(bytes) }], 0);

const sizeOf = ({ blobs, manifest }: Image) =>
  [...blobs, manifest].reduce((sum, { bytes }) => sum + bytes.length, 0);

const ordersOf = ({ entries }: DeletionPlan) => entries;

describeWithLab('deleting from Debian’s registry', ['registry'], () => {
  it('says before what goes, and frees exactly that', async () => {
    const registry = await ownRegistry('plain');
    const place = placeIn(registry, 'team/app');
    const shared = await random(5000);
    const first = imageOf([shared, await random(3000)], {});
    const second = imageOf([shared, await random(2000)], {});
    await push(place, first, '1.0');
    await retag(place, '1.0', 'latest');
    await push(place, second, '2.0');
    const before = storedBytes(registry);

    const plan = await planDeletion(place, { references: ['1.0'] });
    expect(plan.entries).toEqual([
      {
        ...{ digest: first.manifest.digest, tags: ['1.0', 'latest'], alsoLost: ['latest'] },
        ...{ created: '2026-01-02T03:04:05.000Z', heldBy: [], parts: [] },
        attached: [],
        frees: sizeOf(first) - shared.bytes.length,
      },
    ]);
    expect(plan).toMatchObject({ kept: 1, frees: plan.entries[0]?.frees, unread: [] });
    expect(storedBytes(registry)).toBe(before);

    const ends = await collect(deleteManifests(place, ordersOf(plan)));
    expect(ends).toEqual([
      { digest: first.manifest.digest, tags: ['1.0', 'latest'], deleted: true, problem: null },
    ]);
    await expect(planDeletion(place, { references: ['1.0'] })).rejects.toHaveProperty(
      'code',
      'TAG_NOT_FOUND',
    );
    await collectGarbage(registry);
    expect(before - storedBytes(registry)).toBe(plan.frees);

    const rest = await planDeletion(place, { pattern: '*' });
    expect(rest).toMatchObject({ kept: 0, frees: sizeOf(second) });
    await collect(deleteManifests(place, ordersOf(rest)));
    await collectGarbage(registry);
    expect(storedBytes(registry)).toBe(0);
  });

  it('takes what is in an index with it, as far as nothing else needs it', async () => {
    const registry = await ownRegistry('plain');
    const place = placeIn(registry, 'team/app');
    const [amd, arm, old] = [
      imageOf([await random(1000)], {}),
      imageOf([await random(2000)], { architecture: 'arm64' }),
      imageOf([await random(3000)], { architecture: 'arm' }),
    ];
    await pushIndex(place, [amd, arm], '2.0');
    await pushIndex(place, [amd, old], '1.0');
    await push(place, arm, '2.0-arm64');
    const before = storedBytes(registry);

    const held = await planDeletion(place, { references: ['2.0-arm64'] });
    expect(held.entries[0]).toMatchObject({ heldBy: ['2.0'], frees: 0 });
    // A rule breaks no index.
    await expect(planDeletion(place, { pattern: '*-arm64' })).resolves.toMatchObject({
      ...{ entries: [], kept: 3, frees: 0 },
      spared: [{ digest: arm.manifest.digest, tags: ['2.0-arm64'], by: ['2.0'] }],
    });

    const plan = await planDeletion(place, { references: ['1.0'] });
    expect(plan.entries[0]?.parts).toEqual([old.manifest.digest]);
    await collect(deleteManifests(place, ordersOf(plan)));
    await collectGarbage(registry);
    expect(before - storedBytes(registry)).toBe(plan.frees);
    const after = await planDeletion(place, { pattern: '2*' });
    expect(after.entries.map(({ tags }) => tags)).toEqual([['2.0'], ['2.0-arm64']]);
    await collect(deleteManifests(place, ordersOf(after)));
    await collectGarbage(registry);
    expect(storedBytes(registry)).toBe(0);
  });

  it('takes signatures along when told to', async () => {
    const registry = await ownRegistry('plain');
    const place = placeIn(registry, 'team/app');
    const [image, signature] = [imageOf([await random(3000)], {}), imageOf([await random(50)], {})];
    const beside = `${image.manifest.digest.replace(':', '-')}.sig`;
    await push(place, image, '1.0');
    await push(place, signature, beside);
    const alone = await planDeletion(place, { pattern: '1.*' });
    expect(alone).toMatchObject({ kept: 1, entries: [{ tags: ['1.0'], attached: [beside] }] });
    const plan = await planDeletion(place, { pattern: '1.*', withAttached: true });
    expect(plan).toMatchObject({ kept: 0, frees: storedBytes(registry) });
    await collect(deleteManifests(place, ordersOf(plan)));
    await collectGarbage(registry);
    expect(storedBytes(registry)).toBe(0);
  });

  it('leaves alone what has changed since the plan', async () => {
    const registry = await ownRegistry('plain');
    const place = placeIn(registry, 'team/app');
    const [one, two] = [imageOf([await random(10)], {}), imageOf([await random(20)], {})];
    await push(place, one, '1.0');
    await push(place, two, '2.0');
    const plan = await planDeletion(place, { references: ['1.0', '2.0'] });
    await retag(place, '1.0', 'new');
    const ends = await collect(deleteManifests(place, ordersOf(plan)));
    expect(ends).toMatchObject([
      {
        ...{ tags: ['1.0'], deleted: false },
        problem: { code: 'DELETE_OUTDATED', data: { reference: expect.stringMatching(/:new$/) } },
      },
      { tags: ['2.0'], deleted: true, problem: null },
    ]);
  });

  it('learns which scope deletes, once', async () => {
    const registry = await startTokenRegistry();
    onTestFinished(() => registry.stop());
    const place = placeIn(registry, 'team/app');
    for (let index = 0; index < 4; index += 1) {
      await push(place, imageOf([await random(10 + index)], {}), `${index}`);
    }
    const before = registry.asked().length;
    const plan = await planDeletion(place, { pattern: '*' });
    const ends = await collect(deleteManifests(place, ordersOf(plan)));
    expect(ends.map(({ deleted }) => deleted)).toEqual([true, true, true, true]);
    const asked = registry.asked().slice(before);
    expect(asked.flatMap(({ scopes }) => scopes)).toContain('repository:team/app:delete,pull');
    // To read for the plan, to delete, to read while it deletes.
    expect(asked.length).toBeLessThanOrEqual(3);
    const reader = placeIn(registry, 'team/app', undefined, registry.reader);
    await push(place, imageOf([await random(99)], {}), 'last');
    const hopeless = await planDeletion(reader, { pattern: '*' });
    const denied = collect(deleteManifests(reader, ordersOf(hopeless)));
    await expect(denied).rejects.toHaveProperty('code', 'ACCESS_DENIED');
  });

  it('says what to set where deleting is switched off', async () => {
    const registry = await ownRegistry('plain');
    const place = placeIn(registry, 'team/app');
    await push(place, imageOf([await random(10)], {}), '1.0');
    const path = join(dirname(registry.storagePath), 'config.yml');
    const config = JSON.parse(readFileSync(path, 'utf8'));
    config.storage.delete.enabled = false;
    writeFileSync(path, JSON.stringify(config));
    await registry.stop();
    const again = await startDaemon('no-delete', inLabNetwork(['docker-registry', 'serve', path]), {
      ready: () => portAnswers(config.http.addr, 'lab'),
    });
    onTestFinished(() => again.stop());
    const plan = await planDeletion(place, { references: ['1.0'] });
    const disabled = collect(deleteManifests(place, ordersOf(plan)));
    await expect(disabled).rejects.toMatchObject({
      ...{ code: 'DELETE_DISABLED', data: { address: registry.address } },
    });
  });
});
