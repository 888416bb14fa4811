import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { make, makeCa } from '../make-certificate.ts';
import { registry, startPlain, startTls, type TestServer } from '../test-server.ts';
import { inShort, type MessMachine, makeMessMachine, mend } from './mess-machine.ts';

const SETTINGS = 'etc/docker/daemon.json';

describe('a registry that is listed as insecure although certificates are there', () => {
  const ca = makeCa();
  const chain = [make({ by: ca, names: ['reg.test'] }), ca];
  let server: TestServer;
  let address: string;
  let machine: MessMachine;

  beforeAll(async () => {
    server = await startTls(chain);
    address = `reg.test:${server.port}`;
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    machine = makeMessMachine();
  });
  afterEach(() => machine.remove());

  const open = () => machine.open();
  const found = async () => (await open().messes()).map((mess) => inShort(mess, machine));
  const read = () => readFileSync(join(machine.root, SETTINGS), 'utf8');
  const putCa = (of = address) => machine.put(`etc/docker/certs.d/${of}/ca.crt`, ca.pem);

  it.each([
    [(of: string) => `{"insecure-registries":["${of}"],"debug":true}\n`, '[]'],
    [
      (of: string) => `{ "insecure-registries": ["a.test", "http://${of}", "${of}"] }`,
      '["a.test"]',
    ],
  ])('is withdrawn, and comes back (%#)', async (text, list) => {
    machine.put(SETTINGS, text(address));
    expect(await found()).toEqual([]);
    putCa();
    const before = machine.traces();
    expect(await found()).toEqual([['needlessly-insecure', 'docker-engine', SETTINGS, true]]);
    await mend(open(), { address });
    expect(JSON.stringify(JSON.parse(read())['insecure-registries'])).toBe(list);
    expect(await found()).toEqual([]);
    await open().revoke({ address });
    expect(machine.traces()).toEqual(before);
  });

  it('is none for other registries, or in a file that can’t be read', async () => {
    putCa();
    for (const text of ['{"insecure-registries":["other.test"]}', '{ broken', '']) {
      machine.put(SETTINGS, text);
      expect(await found()).toEqual([]);
    }
  });

  it('is told of for Docker without root, too', async () => {
    machine.put('home/.config/systemd/user/docker.service', '');
    const path = 'home/.config/docker/daemon.json';
    machine.put(path, `{"insecure-registries":["${address}"]}`);
    machine.put(`home/.config/docker/certs.d/${address}/ca.crt`, ca.pem);
    const before = machine.traces();
    expect(await found()).toEqual([['needlessly-insecure', 'docker-rootless', path, true]]);
    await mend(open(), { address });
    expect(await found()).toEqual([]);
    await open().revoke({ address });
    expect(machine.traces()).toEqual(before);
  });

  it('keeps what the user has added in the meantime', async () => {
    machine.put(SETTINGS, `{"insecure-registries": ["${address}"]}`);
    putCa();
    await mend(open(), { address });
    writeFileSync(join(machine.root, SETTINGS), read().replace('{', '{"debug": true, '));
    await open().revoke({ address });
    expect(JSON.parse(read())).toEqual({ debug: true, 'insecure-registries': [address] });
  });

  it.each(['plain HTTP', 'another authority', 'nothing'])(
    'stays so where the server that answers needs it: %s',
    async (what) => {
      const other =
        what === 'plain HTTP'
          ? await startPlain(registry)
          : await startTls([make({ names: ['reg.test'] })]);
      if (what === 'nothing') await other.stop();
      const of = `reg.test:${other.port}`;
      machine.put(SETTINGS, `{"insecure-registries": ["${of}"]}`);
      putCa(of);
      const before = machine.traces();
      await expect(mend(open(), { address: of })).rejects.toMatchObject({
        code: 'MESS_LEFT_ALONE',
        data: { address: of },
      });
      expect(machine.traces()).toEqual(before);
      await other.stop();
    },
  );

  it.each(['', '{"debug": true}', '{"insecure-registries": []}'])(
    'by Regent before it had TLS: undoing all gives %j back',
    async (text) => {
      const plain = await startPlain(registry);
      const moved = `reg.test:${plain.port}`;
      if (text !== '') machine.put(SETTINGS, text);
      putCa(moved);
      const clean = machine.traces();
      const trust = open();
      const wish = { address: moved, insecure: true, consumers: ['docker-engine'] as const };
      await trust.apply((await trust.plan(wish)).planId);
      await plain.stop();
      const secured = await startTls(chain, registry, {}, plain.port);
      await mend(open(), { address: moved });
      expect(JSON.parse(read())['insecure-registries']).toEqual([]);
      await open().revoke({ address: moved });
      expect(machine.traces()).toEqual(clean);
      expect(await open().list()).toEqual([]);
      await secured.stop();
    },
  );
});
