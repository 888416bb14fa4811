import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ConsumerId, consumerIdSchema } from '../../../shared/model/consumer.ts';
import type { TrustPlan } from '../../../shared/model/trust.ts';
import { snapshotTree } from '../../lab/snapshot-tree.ts';
import { addEveryConsumer } from './every-consumer.ts';
import { make, makeCa } from './make-certificate.ts';
import { makeMachine, type TestMachine } from './test-machine.ts';
import { registry, startPlain, startTls, type TestServer } from './test-server.ts';

const everybody = consumerIdSchema.options.filter((id) => id !== 'system');

describe('the consumers of a machine', () => {
  const ca = makeCa();
  const leaf = make({ by: ca, names: ['reg.test'] });
  let server: TestServer;
  let plain: TestServer;
  let machine: TestMachine;
  let path: string;
  let address: string;

  beforeAll(async () => {
    server = await startTls([leaf, ca]);
    plain = await startPlain(registry);
  });
  afterAll(async () => {
    await server.stop();
    await plain.stop();
  });
  beforeEach(() => {
    machine = makeMachine();
    path = addEveryConsumer(machine.places);
    address = `reg.test:${server.port}`;
  });
  afterEach(() => machine.remove());

  const statuses = ({ consumers }: TrustPlan) =>
    Object.fromEntries(consumers.map(({ id, status }) => [id, status]));
  const at = (file: string) => join(machine.root, file);

  it('are found by their traces, and preselected unless they reach further than one registry', async () => {
    const found = await machine.open({ path }).consumers();
    expect(found.map(({ id }) => id).sort()).toEqual([...everybody].sort());
    expect(found.every(({ preselected }) => preselected)).toBe(true);
    const bare = makeMachine({ hasEngine: false });
    expect((await bare.open().consumers()).map(({ id }) => id)).toEqual(['regent']);
    bare.remove();
  });

  it('are all trusted for with one plan, and all is put back byte for byte', async () => {
    const before = snapshotTree(machine.root);
    const trust = machine.open({ path });
    const plan = await trust.plan({ address });
    expect(statuses(plan)).toMatchObject({
      'docker-engine': 'to-do',
      podman: 'to-do',
      kind: 'blocked',
    });
    const { consumers } = await trust.apply(plan.planId);
    const failed = consumers.filter(({ status }) => status !== 'applied');
    expect(failed.map(({ id, status }) => [id, status])).toEqual([['kind', 'blocked']]);
    const again = machine.open({ path });
    expect(await again.list()).toMatchObject([{ address, drift: [] }]);
    expect(new Set(Object.values(statuses(await again.plan({ address }))))).toEqual(
      new Set(['already', 'blocked']),
    );
    await again.revoke({ address });
    expect(snapshotTree(machine.root).filter(isNoState)).toEqual(before);
  });

  it('are told of what to run by hand where Regent does not reach', async () => {
    const plan = await machine.open({ path }).plan({ address, consumers: ['kind'] });
    const kind = plan.consumers.find(({ id }) => id === 'kind');
    expect(kind?.problem).toMatchObject({ code: 'CONSUMER_BY_HAND', data: { consumer: 'kind' } });
  });

  it.each(['podman-machine', 'colima', 'buildx', 'buildkit', 'k3s', 'docker-desktop'] as const)(
    'come with the command that makes %s see it',
    async (id) => {
      const plan = await machine.open({ path }).plan({ address, consumers: [id] });
      const consumer = plan.consumers.find((one) => one.id === id);
      expect(consumer?.notes.map(({ facts }) => facts.command)).toContainEqual(
        expect.stringMatching(/\w+ \w+/),
      );
    },
  );

  it('are refused by name when they are not here', async () => {
    const bare = makeMachine();
    const planned = bare.open().plan({ address, consumers: ['podman'] });
    await expect(planned).rejects.toMatchObject({
      code: 'CONSUMER_UNKNOWN',
      data: { consumer: 'podman', found: ['docker-engine', 'regent'] },
    });
    bare.remove();
  });

  describe('that are told to use plain HTTP', () => {
    const edited: readonly ConsumerId[] = ['docker-engine', 'docker-rootless', 'podman', 'k3s'];
    const plainAddress = () => `reg.test:${plain.port}`;
    const trusted = async (consumers?: readonly ConsumerId[]) => {
      const trust = machine.open({ path });
      const wish = { address: plainAddress(), insecure: true, consumers };
      const plan = await trust.plan(wish);
      return { trust, plan, result: await trust.apply(plan.planId) };
    };

    it('are edited in place, and come back byte for byte', async () => {
      const before = snapshotTree(machine.root);
      const { trust, plan } = await trusted();
      expect(plan).toMatchObject({ kind: 'insecure', certificate: null });
      const text = readFileSync(at('etc/docker/daemon.json'), 'utf8');
      expect(JSON.parse(text)).toEqual({
        'log-driver': 'journald',
        features: { buildkit: true },
        'insecure-registries': [plainAddress()],
      });
      const rootless = readFileSync(at('home/.config/docker/daemon.json'), 'utf8');
      expect(JSON.parse(rootless)['insecure-registries']).toContain('old.test:5000');
      expect(await trust.list()).toMatchObject([{ kind: 'insecure', drift: [] }]);
      await trust.revoke({ address: plainAddress() });
      expect(snapshotTree(machine.root).filter(isNoState)).toEqual(before);
    });

    it('come with commands that make the same edits by hand, and show no other line of the files', async () => {
      const before = snapshotTree(machine.root);
      const trust = machine.open({ path });
      const wish = { address: plainAddress(), insecure: true, consumers: edited };
      const plan = await trust.plan(wish);
      expect(JSON.stringify(plan)).not.toContain('journald');
      execFileSync('/bin/sh', ['-eu'], { input: plan.script });
      const byHand = snapshotTree(machine.root).filter(isNoState);
      expect(byHand).not.toEqual(before);
      expect(await trust.plan(wish)).toMatchObject({ script: '' });
      machine.remove();
      machine = makeMachine();
      const again = machine.open({ path: addEveryConsumer(machine.places) });
      await again.apply((await again.plan(wish)).planId);
      const byRegent = snapshotTree(machine.root).filter(isNoState);
      expect(byRegent.filter((line) => !line.includes('.before-regent'))).toEqual(byHand);
    });

    it('keep what the user has added in the meantime', async () => {
      const { trust } = await trusted(['docker-engine']);
      const file = at('etc/docker/daemon.json');
      writeFileSync(file, readFileSync(file, 'utf8').replace('journald', 'local'));
      const reverted = await trust.revoke({ address: plainAddress() });
      expect(reverted).toContainEqual({ consumer: 'docker-engine', path: file, action: 'kept' });
      expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
        'log-driver': 'local',
        features: { buildkit: true },
      });
      expect(existsSync(`${file}.before-regent`)).toBe(false);
    });

    it('lose only one of two registries when one is undone, then the other', async () => {
      const before = snapshotTree(machine.root);
      const second = await startPlain(registry);
      const { trust } = await trusted(['docker-engine']);
      const other = `reg.test:${second.port}`;
      const wish = { address: other, insecure: true, consumers: ['docker-engine'] as const };
      await trust.apply((await trust.plan(wish)).planId);
      await trust.revoke({ address: plainAddress() });
      const text = readFileSync(at('etc/docker/daemon.json'), 'utf8');
      expect(JSON.parse(text)['insecure-registries']).toEqual([other]);
      await trust.revoke({ address: other });
      expect(snapshotTree(machine.root).filter(isNoState)).toEqual(before);
      await second.stop();
    });

    it('are left alone when their settings can’t be read', async () => {
      writeFileSync(at('etc/docker/daemon.json'), '{ broken');
      const plan = await machine.open({ path }).plan({ address: plainAddress(), insecure: true });
      const engine = plan.consumers.find(({ id }) => id === 'docker-engine');
      expect(engine).toMatchObject({ status: 'blocked', problem: { code: 'EDIT_REFUSED' } });
      expect(readFileSync(at('etc/docker/daemon.json'), 'utf8')).toBe('{ broken');
    });

    it('are never told so for a server that has TLS', async () => {
      const planned = machine.open({ path }).plan({ address, insecure: true });
      await expect(planned).rejects.toMatchObject({ code: 'INSECURE_NOT_NEEDED' });
    });
  });

  it('say what is no longer as it was left', async () => {
    const trust = machine.open({ path });
    await trust.apply((await trust.plan({ address })).planId);
    const [entry] = await trust.list();
    const [engineFile = '', ...others] = entry?.files ?? [];
    const [changed = ''] = others.filter((file) => file.endsWith('.crt'));
    rmSync(engineFile);
    writeFileSync(changed, 'other');
    const [after] = await trust.list();
    expect(after?.drift).toContainEqual({
      consumer: 'docker-engine',
      path: engineFile,
      state: 'missing',
    });
    expect(after?.drift).toContainEqual(
      expect.objectContaining({ path: changed, state: 'changed' }),
    );
  });

  it('lose only what is undone for them alone', async () => {
    const trust = machine.open({ path });
    await trust.apply((await trust.plan({ address })).planId);
    await trust.revoke({ address, consumers: ['podman'] });
    expect(existsSync(at(`home/.config/containers/certs.d/${address}`))).toBe(false);
    expect(existsSync(at(`etc/docker/certs.d/${address}`))).toBe(true);
    const [entry] = await trust.list();
    expect(entry?.consumers).not.toContain('podman');
    expect(entry?.consumers).toContain('docker-engine');
  });

  it('say before what undoing will change, in commands that do the same by hand', async () => {
    const trust = machine.open({ path });
    const all = await trust.plan({ address });
    await trust.apply(all.planId);
    const { changes, elevated, script } = await trust.planRevoke({ address });
    expect(elevated).toBe(false);
    expect(changes.map(({ change }) => change.kind)).toContain('edit-file');
    expect(changes.map(({ change }) => change.kind)).toContain('remove');
    expect(script).toContain(`rm -f `);
  });

  it('get a renewed certificate in the place of the old one, with one plan', async () => {
    const before = snapshotTree(machine.root);
    const first = make({ names: ['reg.test'] });
    const second = make({ names: ['reg.test'] });
    const old = await startTls([first]);
    const moved = `reg.test:${old.port}`;
    const trust = machine.open({ path });
    await trust.apply((await trust.plan({ address: moved })).planId);
    await old.stop();
    const renewed = await startTls([second], registry, {}, old.port);
    const later = machine.open({ path });
    const plan = await later.plan({ address: moved, replace: true });
    expect(plan.replaces).toMatchObject([{ sha256: first.cert.sha256 }]);
    const { consumers, reverted } = await later.apply(plan.planId);
    expect(consumers.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(reverted.map(({ action }) => action)).toContain('removed');
    expect((await later.list()).map(({ certificate }) => certificate?.sha256)).toEqual([
      second.cert.sha256,
    ]);
    await later.revoke({ address: moved });
    expect(snapshotTree(machine.root).filter(isNoState)).toEqual(before);
    await renewed.stop();
  });
});

/** Regent's own state is no trace of trust. */
function isNoState(line: string): boolean {
  return !/ \.\/data(\/| |$)/.test(line);
}
