import { chmodSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { snapshotTree } from '../../../lab/snapshot-tree.ts';
import { make, makeCa } from '../make-certificate.ts';
import { ADDRESS, inShort, type MessMachine, makeMessMachine, mend } from './mess-machine.ts';
import { trustedBlock } from './trusted-block.ts';

const FOLDER = `etc/docker/certs.d/${ADDRESS}`;

describe('files in a registry’s folder', () => {
  const ca = makeCa();
  const other = makeCa();
  const server = make({ by: ca, names: ['reg.test'] });
  const stranger = make({ by: ca, cn: 'ada', names: null });
  let machine: MessMachine;

  beforeEach(() => {
    machine = makeMessMachine();
  });
  afterEach(() => machine.remove());

  const found = async () =>
    (await machine.open().messes(ADDRESS)).map((mess) => inShort(mess, machine));
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(ca.pem, 'utf16le')]);

  it.each([
    ['ca.cert', 'misnamed', ca.pem],
    ['ca.pem', 'misnamed', ca.pem],
    ['ca.cer', 'misnamed', ca.pem],
    ['ca.cer', 'misnamed', ca.der],
    ['ca.CRT', 'misnamed', ca.pem],
    ['ca', 'misnamed', ca.pem],
    ['my ca (1).pem', 'misnamed', ca.pem],
    ['server.pem', 'misnamed', server.pem],
    ['ca.crt', 'unreadable', ca.der],
    ['ca.crt', 'unreadable', `\ufeff${ca.pem}`],
    ['ca.crt', 'unreadable', utf16],
    ['ca.crt', 'unreadable', trustedBlock(ca.der)],
    ['ca.crt', 'unreadable', trustedBlock(ca.der, { trusted: 'servers' })],
  ] as const)('%s, %s: is written as it should be, and comes back', async (name, kind, content) => {
    const made = name === 'server.pem' ? server : ca;
    machine.put(`${FOLDER}/${name}`, content);
    const before = machine.traces();
    expect(await machine.dockerReads(made)).toBe(false);
    expect(await found()).toEqual([[kind, 'docker-engine', `${FOLDER}/${name}`, true]]);

    await mend(machine.open());
    expect(await machine.dockerReads(made)).toBe(true);
    expect(await found()).toEqual([]);
    const own = `regent-${made.cert.sha256.slice(0, 16)}.crt`;
    expect(readdirSync(machine.docker).sort()).toEqual([`${name}.set-aside-by-regent`, own].sort());
    expect(await machine.open().list()).toMatchObject([{ kind: 'mend', drift: [] }]);

    await machine.open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
    expect(await machine.open().list()).toEqual([]);
  });

  it.each([
    ['junk.crt', 'hello'],
    ['empty.crt', ''],
    ['key.crt', make().keyPem],
    ['broken.crt', '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n'],
    ['client.cert', stranger.pem],
    ['client.cert', 'hello'],
    ['client.key', stranger.keyPem],
  ])('%s goes out of the way, and nothing of it is copied', async (name, content) => {
    machine.put(`${FOLDER}/ca.crt`, ca.pem);
    const path = machine.put(`${FOLDER}/${name}`, content);
    chmodSync(path, 0o600);
    const before = machine.traces();
    const kind = name.endsWith('.crt') ? 'unreadable' : 'half-a-pair';
    expect(await found()).toEqual([[kind, 'docker-engine', `${FOLDER}/${name}`, true]]);
    await mend(machine.open());
    const aside = `${name}.set-aside-by-regent`;
    expect(readdirSync(machine.docker).sort()).toEqual([aside, 'ca.crt'].sort());
    expect(await found()).toEqual([]);
    await machine.open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
  });

  it('a link that leads nowhere, or round in circles, goes out of the way', async () => {
    machine.put(`${FOLDER}/ca.crt`, ca.pem);
    symlinkSync('gone.pem', join(machine.docker, 'a.crt'));
    symlinkSync('b.crt', join(machine.docker, 'b.crt'));
    const before = machine.traces();
    expect(await found()).toEqual([
      ['dangling', 'docker-engine', `${FOLDER}/a.crt`, true],
      ['dangling', 'docker-engine', `${FOLDER}/b.crt`, true],
    ]);
    const trust = machine.open();
    await mend(trust);
    await mend(trust);
    expect(await found()).toEqual([]);
    await trust.revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
  });

  it.each([
    ['an authority', ca.pem],
    ['an authority in DER', ca.der],
  ])('%s in the place of the folder, as cp leaves it, moves into one', async (_, content) => {
    machine.put(FOLDER, content);
    const before = machine.traces();
    expect(await found()).toEqual([['misnamed', 'docker-engine', FOLDER, true]]);
    const trust = machine.open();
    const [mess] = await trust.messes(ADDRESS);
    const plan = await trust.planMend(mess?.id ?? '');
    expect(plan.consumers[0]?.changes.map(({ kind }) => kind)).toEqual([
      ...['set-aside', 'create-directory', 'write-file'],
    ]);
    await trust.apply(plan.planId);
    expect(await machine.dockerReads(ca)).toBe(true);
    expect(await found()).toEqual([]);
    await machine.open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
  });

  it('junk in the place of the folder goes out of the way', async () => {
    machine.put(FOLDER, 'hello');
    const before = machine.traces();
    expect(await found()).toEqual([['unreadable', 'docker-engine', FOLDER, true]]);
    await mend(machine.open());
    expect(await found()).toEqual([]);
    await machine.open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
  });

  it('a folder in the place of an authority goes out of the way with what is in it', async () => {
    machine.put(`${FOLDER}/ca.crt`, ca.pem);
    machine.put(`${FOLDER}/x.crt/notes`, 'mine');
    const before = machine.traces();
    expect(await found()).toEqual([['unreadable', 'docker-engine', `${FOLDER}/x.crt`, true]]);
    await mend(machine.open());
    expect(await found()).toEqual([]);
    await machine.open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
  });

  it('a link to a file that can’t be read as it is becomes a file, and the target stays', async () => {
    machine.put('srv/ca.der', ca.der);
    mkdirSync(machine.docker, { recursive: true });
    symlinkSync(join(machine.root, 'srv/ca.der'), join(machine.docker, 'ca.crt'));
    const before = machine.traces();
    await mend(machine.open());
    expect(await machine.dockerReads(ca)).toBe(true);
    expect(snapshotTree(join(machine.root, 'srv')).join()).toContain('ca.der');
    await machine.open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
  });

  it.each([
    ['several authorities under a name that is not read', 'ca.pem', ca.pem + other.pem],
    ['several behind a byte order mark', 'ca.crt', `\ufeff${ca.pem}${other.pem}`],
    ['an authority that is not for servers', 'ca.crt', trustedBlock(ca.der, { trusted: 'mail' })],
    ['one that is rejected for something', 'ca.crt', trustedBlock(ca.der, { rejected: 'mail' })],
    ['a certificate with its key, unreadable', 'ca.crt', `\ufeff${server.pem}${server.keyPem}`],
    ['a name that is never typed', 'cä.pem', ca.pem],
  ])('%s are left alone, and said so', async (_, name, content) => {
    machine.put(`${FOLDER}/${name}`, content);
    const before = machine.traces();
    const trust = machine.open();
    const [mess] = await trust.messes(ADDRESS);
    expect(mess).toMatchObject({ mendable: false });
    await expect(trust.planMend(mess?.id ?? '')).rejects.toMatchObject({
      code: 'MESS_LEFT_ALONE',
      data: { address: ADDRESS, path: join(machine.docker, name) },
    });
    expect(machine.traces()).toEqual(before);
  });

  it('what was put aside before is never lost', async () => {
    machine.put(`${FOLDER}/ca.pem`, ca.pem);
    machine.put(`${FOLDER}/ca.pem.set-aside-by-regent`, other.pem);
    expect(await found()).toEqual([['misnamed', 'docker-engine', `${FOLDER}/ca.pem`, false]]);
  });

  it('that are right, or nobody’s business, are no mess', async () => {
    machine.put(`${FOLDER}/ca.crt`, `# of the office\r\n${ca.pem.replaceAll('\n', '\r\n')}`);
    machine.put(`${FOLDER}/two.crt`, ca.pem + other.pem);
    machine.put(`${FOLDER}/commented.crt`, `\ufeff# mine\n${ca.pem}`);
    machine.put(`${FOLDER}/client.cert`, stranger.pem);
    machine.put(`${FOLDER}/client.key`, stranger.keyPem);
    machine.put(`${FOLDER}/ca.pem`, ca.pem);
    machine.put(`${FOLDER}/client.pem`, stranger.pem);
    machine.put(`${FOLDER}/both.pem`, server.pem + server.keyPem);
    machine.put(`${FOLDER}/key.pem`, server.keyPem);
    machine.put(`${FOLDER}/README`, 'hello');
    machine.put(`${FOLDER}/ca.crt.bak`, ca.der);
    machine.put(`${FOLDER}/old.pem.set-aside-by-regent`, other.pem);
    symlinkSync('ca.crt', join(machine.docker, 'link.crt'));
    expect(await found()).toEqual([]);
  });

  it('of Regent’s own are drift when they are changed, not a mess', async () => {
    machine.put(`${FOLDER}/regent-0123456789abcdef.crt`, 'changed');
    expect(await found()).toEqual([]);
  });

  it('are looked for in the folders of every registry, and named apart', async () => {
    machine.put(`${FOLDER}/ca.pem`, ca.pem);
    machine.put('etc/docker/certs.d/other.test/ca.pem', ca.pem);
    machine.put('etc/docker/certs.d/[fd00::2]_5000_/ca.pem', ca.pem);
    machine.put('etc/docker/certs.d/not an address/ca.pem', ca.pem);
    const messes = await machine.open().messes();
    expect(messes.map(({ address }) => address).sort()).toEqual([
      '[fd00::2]:5000',
      'other.test',
      ADDRESS,
    ]);
    expect(new Set(messes.map(({ id }) => id)).size).toBe(3);
    for (const { id } of messes) expect(id).toMatch(/^[a-z0-9-]+$/);
  });

  it('are mended while the registry is trusted anyway, and all goes back at once', async () => {
    machine.put(`${FOLDER}/ca.pem`, ca.pem);
    machine.put(`${FOLDER}/junk.crt`, 'hello');
    const before = machine.traces();
    const trust = machine.open();
    await mend(trust, { kind: 'misnamed' });
    await mend(trust, { kind: 'unreadable' });
    expect(readdirSync(machine.docker)).toHaveLength(3);
    await machine.open().revoke({ address: ADDRESS });
    expect(machine.traces()).toEqual(before);
  });

  it('that somebody has put in the place of what went aside stay', async () => {
    machine.put(`${FOLDER}/junk.crt`, 'hello');
    await mend(machine.open());
    writeFileSync(join(machine.docker, 'junk.crt'), ca.pem);
    const reverted = await machine.open().revoke({ address: ADDRESS });
    expect(reverted.map(({ action }) => action)).toContain('kept');
    expect(await machine.dockerReads(ca)).toBe(true);
  });

  it('are unknown once they are gone', async () => {
    machine.put(`${FOLDER}/ca.pem`, ca.pem);
    const trust = machine.open();
    const [mess] = await trust.messes(ADDRESS);
    await mend(trust);
    await expect(trust.planMend(mess?.id ?? '')).rejects.toMatchObject({ code: 'MESS_UNKNOWN' });
  });
});
