import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { make, makeCa } from '../make-certificate.ts';
import { startTls } from '../test-server.ts';
import { ADDRESS, inShort, type MessMachine, makeMessMachine, mend } from './mess-machine.ts';

const DOCKER = `etc/docker/certs.d/${ADDRESS}`;
const OTHER_NAME = 'etc/docker/certs.d/reg.test_5000_';
const PODMAN = `home/.config/containers/certs.d/${ADDRESS}`;
const PODMAN_ROOT = `etc/containers/certs.d/${ADDRESS}`;
const CONTAINERD = `etc/containerd/certs.d/${ADDRESS}`;

describe('folders and settings that hide a registry’s authority', () => {
  const ca = makeCa();
  let machine: MessMachine;

  beforeEach(() => {
    machine = makeMessMachine();
  });
  afterEach(() => machine.remove());

  const open = () => machine.open({ path: machine.path });
  const found = async (address?: string) =>
    (await open().messes(address)).map((mess) => inShort(mess, machine));
  const folder = (path: string) => mkdirSync(join(machine.root, path), { recursive: true });

  /** Mends all that can be, then undoes it, and expects everything to be as it was. */
  const mendAll = async () => {
    const before = machine.traces();
    for (const { mendable, kind, consumer } of await open().messes(ADDRESS)) {
      if (mendable) await mend(open(), { kind, consumer });
    }
    const after = await found();
    const mended = machine.traces();
    await open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
    expect(mended).not.toEqual(before);
    return after;
  };

  it('an empty folder of the other name hides Docker’s', async () => {
    machine.put(`${DOCKER}/ca.crt`, ca.pem);
    folder(OTHER_NAME);
    expect(await found()).toEqual([['hidden-by-folder', 'docker-engine', OTHER_NAME, true]]);
    expect(await mendAll()).toEqual([]);
  });

  it('an empty folder of podman’s hides Docker’s, for the one whose folder it is', async () => {
    machine.put(`${DOCKER}/ca.crt`, ca.pem);
    folder(PODMAN);
    expect(await found()).toEqual([['hidden-by-folder', 'podman', PODMAN, true]]);
    expect(await mendAll()).toEqual([]);
  });

  it('an empty folder of root’s podman hides Docker’s from everybody’s, and is one mess', async () => {
    machine.put(`${DOCKER}/ca.crt`, ca.pem);
    folder(PODMAN_ROOT);
    expect(await found(ADDRESS)).toEqual([['hidden-by-folder', 'podman-root', PODMAN_ROOT, true]]);
    expect(await found()).toEqual(await found(ADDRESS));
    expect(await mendAll()).toEqual([]);
  });

  it('a file that nobody reads does not make a folder right, and comes back with it', async () => {
    machine.put(`${DOCKER}/ca.crt`, ca.pem);
    machine.put(`${PODMAN}/README`, 'mine');
    expect(await found()).toEqual([['hidden-by-folder', 'podman', PODMAN, true]]);
    expect(await mendAll()).toEqual([]);
  });

  it('an authority that podman does not read is mended in podman’s own folder, not in Docker’s', async () => {
    machine.put(`${DOCKER}/ca.pem`, ca.pem);
    machine.put(`${PODMAN}/ca.pem`, ca.pem);
    expect(await found()).toEqual([
      ['misnamed', 'docker-engine', `${DOCKER}/ca.pem`, true],
      ['misnamed', 'podman', `${PODMAN}/ca.pem`, true],
    ]);
    expect(await mendAll()).toEqual([]);
  });

  it('folders that are right, or hide nothing, are no mess', async () => {
    machine.put(`${PODMAN}/ca.crt`, ca.pem);
    machine.put(`${DOCKER}/ca.crt`, ca.pem);
    machine.put('etc/docker/certs.d/nas/ca.crt', ca.pem);
    folder('home/.config/containers/certs.d/lonely.test');
    folder('etc/docker/certs.d/lonely.test_5000_');
    expect(await found()).toEqual([]);
  });

  it('a registry without a port has one folder, whose messes are told once', async () => {
    machine.put('etc/docker/certs.d/nas/ca.pem', ca.pem);
    expect(await found()).toHaveLength(1);
  });

  it.each(['# nothing yet\n', '\n', '\ufeff# mine\r\n\r\n  # and more'])(
    'a hosts.toml of %j hides Docker’s and goes aside',
    async (text) => {
      machine.put(`${DOCKER}/ca.crt`, ca.pem);
      machine.put(`${DOCKER}/hosts.toml`, text);
      const path = `${DOCKER}/hosts.toml`;
      expect(await found()).toEqual([['hidden-by-hosts-toml', 'docker-engine', path, true]]);
      expect(await mendAll()).toEqual([]);
    },
  );

  it('a hosts.toml that says more hides it too, but is left to a person', async () => {
    machine.put(`${DOCKER}/ca.crt`, ca.pem);
    machine.put(`${DOCKER}/hosts.toml`, '[host."https://mirror.test"]\n');
    const path = `${DOCKER}/hosts.toml`;
    expect(await found()).toEqual([['hidden-by-hosts-toml', 'docker-engine', path, false]]);
  });

  it.each([
    ['', ca.pem],
    ['broken = [', ca.pem],
    [`[host."https://${ADDRESS}"]\nca = "/etc/ca.pem"\n`, ca.pem],
    [`[host."http://${ADDRESS}"]\n`, ca.pem],
    ['skip_verify = true\n', ca.pem],
    ['# nothing is beside it\n', undefined],
  ])('a hosts.toml of %j is none', async (text, authority) => {
    if (authority) machine.put(`${DOCKER}/ca.crt`, authority);
    machine.put(`${DOCKER}/hosts.toml`, text);
    expect(await found()).toEqual([]);
  });

  it('podman reads no hosts.toml', async () => {
    machine.put(`${PODMAN}/ca.crt`, ca.pem);
    machine.put(`${PODMAN}/hosts.toml`, '# mine\n');
    expect(await found()).toEqual([]);
  });

  it('containerd’s is put aside, and nothing else is written for it', async () => {
    machine.put(`${CONTAINERD}/ca.crt`, ca.pem);
    machine.put(`${CONTAINERD}/hosts.toml`, '# mine\n');
    const before = machine.traces().length;
    expect(await found()).toEqual([
      ['hidden-by-hosts-toml', 'containerd', `${CONTAINERD}/hosts.toml`, true],
    ]);
    await mend(open());
    expect(machine.traces()).toHaveLength(before);
    await open().revoke({ address: ADDRESS });
  });

  it('containerd’s go aside beside what Regent has written for it, and all goes back', async () => {
    const server = await startTls([make({ by: ca, names: ['reg.test'] }), ca]);
    const address = `reg.test:${server.port}`;
    folder('etc/containerd/certs.d');
    const clean = machine.traces();
    const wish = { address, consumers: ['containerd'] as const };
    const trust = open();
    await trust.apply((await trust.plan(wish)).planId);
    folder(`etc/containerd/certs.d/reg.test_${server.port}_`);
    const before = machine.traces();
    await mend(trust, { address });
    await open().revoke({ address });
    const left = machine.traces().filter((line) => !line.includes('_'));
    expect(left).toEqual(clean);
    expect(machine.traces().length).toBeLessThan(before.length);
    await server.stop();
  });

  it('what Regent writes for containerd is no mess', async () => {
    machine.put(`${CONTAINERD}/ca.pem`, ca.pem);
    expect(await mendAll()).toEqual([]);
  });

  it('a folder that went aside gets its place back from the trust that came after it', async () => {
    const server = await startTls([make({ by: ca, names: ['reg.test'] }), ca]);
    const address = `reg.test:${server.port}`;
    machine.put(`etc/docker/certs.d/${address}/ca.crt`, ca.pem);
    machine.put(`home/.config/containers/certs.d/${address}/README`, 'mine');
    const before = machine.traces();
    const trust = open();
    await mend(trust, { address });
    const wish = { address, consumers: ['podman'] as const };
    await trust.apply((await trust.plan(wish)).planId);
    await open().revoke({ address });
    expect(machine.traces()).toEqual(before);
    await server.stop();
  });

  it('trust that is made after a mend is trust, not a mend', async () => {
    const server = await startTls([make({ by: ca, names: ['reg.test'] }), ca]);
    const address = `reg.test:${server.port}`;
    machine.put(`etc/docker/certs.d/${address}/ca.pem`, ca.pem);
    const before = machine.traces();
    const trust = open();
    const [mess] = await trust.messes(address);
    await trust.apply((await trust.planMend(mess?.id ?? '')).planId);
    await trust.apply((await trust.plan({ address })).planId);
    expect(await open().list()).toMatchObject([{ address, kind: 'ca', drift: [] }]);
    await open().revoke({ address });
    expect(machine.traces()).toEqual(before);
    await server.stop();
  });
});
