import { describe, expect, it } from 'vitest';
import { deleteManifests } from '../../../../main/registry/deletion/delete-manifests.ts';
import { planDeletion } from '../../../../main/registry/deletion/plan-deletion.ts';
import { readNeeds } from '../../../../main/registry/deletion/read-needs.ts';
import { jsonBlob } from '../../../fakes/images.ts';
import type { Reply } from '../../../fakes/registry.ts';
import { mediaTypes } from '../../../lab/image-parts.ts';
import { collect } from '../open-fake.ts';
import { openRepository } from './fake-repository.ts';

/** A multi-platform image whose platforms have tags, too, and another that shares one of them; one is not to be read. */
async function openScene() {
  let broken = '';
  let answer: Reply = {};
  const scene = await openRepository(({ method, path }) =>
    method === 'GET' && path.endsWith(`/${broken}`) ? answer : undefined,
  );
  const amd = scene.image('1.0-amd64');
  const shared = scene.image('shared', '');
  return {
    ...scene,
    ...{ amd, shared, first: scene.index('1.0', [amd, shared]) },
    second: scene.index('2.0', [shared]),
    old: scene.image('old-1'),
    breakOne: (digest: string, how: Reply) => {
      broken = digest;
      answer = how;
    },
  };
}

const html: Reply = { headers: { 'content-type': 'text/html' }, body: '<html>busy</html>' };

describe.each([
  ['is answered with a page', html],
  ['is damaged', { body: '{"schemaVersion":2,"manifests":[]}' }],
  ['is not found', { status: 404 }],
] as const)('an index that stays and %s', (_, how: Reply) => {
  it('may need anything, so a rule takes nothing, and says so', async () => {
    const { breakOne, first, old, place } = await openScene();
    await expect(planDeletion(place, { pattern: 'old-*' })).resolves.toMatchObject({
      ...{ entries: [{ tags: ['old-1'] }], unread: [] },
    });
    breakOne(first, how);
    await expect(planDeletion(place, { pattern: '*-*' })).resolves.toMatchObject({
      ...{ entries: [], kept: 4, frees: null, unread: ['1.0'] },
      spared: [
        { tags: ['1.0-amd64'], by: ['1.0'] },
        { digest: old, tags: ['old-1'], by: ['1.0'] },
      ],
    });
  });

  it('keeps the parts of another, which is named', async () => {
    const { breakOne, first, manifests, place, second, shared } = await openScene();
    breakOne(first, how);
    const plan = await planDeletion(place, { references: ['2.0'], withAttached: true });
    expect(plan).toMatchObject({
      ...{ entries: [{ digest: second, parts: [], frees: null }], frees: null, unread: ['1.0'] },
    });
    const orders = [{ digest: second, tags: ['2.0'], parts: [shared] }];
    await expect(collect(deleteManifests(place, orders))).resolves.toMatchObject([
      { deleted: true, problem: null },
    ]);
    expect(manifests.has(shared)).toBe(true);
  });

  it('hinders nothing once it goes itself', async () => {
    const { breakOne, first, place } = await openScene();
    breakOne(first, how);
    const plan = await planDeletion(place, { pattern: '*' });
    expect(plan).toMatchObject({ kept: 0, unread: [], spared: [] });
  });
});

describe('an image that can’t be read', () => {
  it('needs no other, with a tag or in an index', async () => {
    const { amd, breakOne, place } = await openScene();
    for (const how of [html, { status: 404 }]) {
      breakOne(amd, how);
      const plan = await planDeletion(place, { pattern: 'old-*' });
      expect(plan).toMatchObject({ entries: [{ tags: ['old-1'] }], unread: [] });
    }
  });
});

it('what manifests need is kept without the manifests', async () => {
  const mediaType = 'application/vnd.oci.image.config.v1+json';
  const config = { mediaType, digest: `sha256:${'a'.repeat(64)}`, size: 2, more: ['much'] };
  const blob = jsonBlob({ schemaVersion: 2, config, layers: [] });
  const { manifests, place } = await openRepository(() => undefined);
  manifests.set(blob.digest, { mediaType: mediaTypes.oci.manifest, blob });
  const needs = await readNeeds(place, new Map([[blob.digest, false]]));
  expect([...(needs.get(blob.digest)?.blobs.keys() ?? [])]).toEqual([config.digest]);
  expect(JSON.stringify([...needs])).not.toContain('much');
});
