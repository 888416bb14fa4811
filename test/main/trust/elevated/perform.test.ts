import {
  chmodSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { perform } from '../../../../main/trust/elevated/perform.ts';
import { parseElevatedRequest } from '../../../../main/trust/elevated/request.ts';
import { machinePlaces } from '../../../../main/trust/targets/machine-places.ts';
import { snapshotTree } from '../../../lab/snapshot-tree.ts';
import { make } from '../make-certificate.ts';
import { certificate, client, keyOf, made, put, removeOf, wish } from './sample-request.ts';

const known = ['docker-engine', 'system'] as const;

describe('a request to the elevated step', () => {
  const reads = (request: unknown) => parseElevatedRequest(JSON.stringify(request), known);
  const withWish = (part: object) => ({
    ...put,
    apply: [{ consumer: 'docker-engine', wish: { ...wish, ...part } }],
  });
  const withCertificate = (part: object) =>
    withWish({ certificates: [{ ...certificate, ...part }] });

  it('applies, takes back, or both', () => {
    const remove = removeOf(['/a'], ['/b']);
    expect(reads(put)).toEqual(put);
    expect(reads(remove)).toEqual(remove);
    expect(reads({ ...put, takeBack: remove.takeBack })).toEqual({
      ...remove,
      ...put,
      takeBack: remove.takeBack,
    });
  });

  it.each([
    ['no object', []],
    ['one key more', { ...put, path: '/etc/passwd' }],
    ['one key less', { apply: put.apply }],
    ['a consumer whose places are a user’s', { ...put, apply: [{ consumer: 'regent', wish }] }],
    ['a consumer that nobody knows', { ...put, apply: [{ consumer: 'x', wish }] }],
    ['one key more in the wish', withWish({ path: '/etc/passwd' })],
    ['a path as its address', withWish({ address: '../../x' })],
    ['a folder as its address', withWish({ address: '..' })],
    ['a slash in its address', withWish({ address: 'reg.test/x' })],
    ['a line end in its address', withWish({ address: 'reg.test\n' })],
    ['a zero in its address', withWish({ address: 'reg.test\u0000' })],
    ['letters that only look alike', withWish({ address: 'rеg.test' })],
    ['another fingerprint', withCertificate({ sha256: 'a'.repeat(64) })],
    ['a fingerprint that is a path', withCertificate({ sha256: '../../../etc/passwd' })],
    ['text beside the certificate', withCertificate({ pem: `x\n${made.pem}` })],
    ['two certificates in one', withCertificate({ pem: made.pem + made.pem })],
    ['no certificate', withCertificate({ pem: 'hello' })],
    ['too many certificates', withWish({ certificates: Array(1025).fill(certificate) })],
    ['a client certificate without its key', withWish({ client: { ...client, keyPem: null } })],
    ['the key of somebody else', withWish({ client: { ...client, ...keyOf(make().keyPem) } })],
    ['a key whose hash is another', withWish({ client: { ...client, keySha256: 'a'.repeat(64) } })],
  ])('is refused with %s', (_, request) => {
    expect(reads(request)).toBeUndefined();
  });

  it('may bring a client certificate with the key that belongs to it', () => {
    expect(reads(withWish({ client }))).toEqual(withWish({ client }));
  });

  it('is refused when bytes follow the certificate', () => {
    const der = Buffer.concat([made.der, Buffer.from('more')]);
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
    expect(reads(withCertificate({ pem }))).toBeUndefined();
  });

  it('never makes the step fall over, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseElevatedRequest(text, known)).toBeUndefined();
      }),
    );
    const anything = fc.anything();
    const almost = fc.record({
      consumer: fc.constantFrom('docker-engine', 'system', 'x'),
      wish: fc.oneof(
        anything,
        fc.record({ ...mapped(wish, anything), address: fc.constant('a.test') }),
      ),
      takeBack: anything,
    });
    fc.assert(
      fc.property(almost, (job) => {
        const requests = [
          { apply: [job], takeBack: [] },
          { apply: [], takeBack: [job] },
        ];
        for (const request of requests) reads(request);
      }),
    );
  });
});

/** A record of the same keys, each with that value. */
function mapped<T>(keys: object, value: T): Record<string, T> {
  return Object.fromEntries(Object.keys(keys).map((key) => [key, value]));
}

describe('the elevated step', () => {
  let root: string;
  let certsD: string;
  let folder: string;
  let file: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'step-'));
    mkdirSync(join(root, 'etc'));
    certsD = join(root, 'etc', 'docker', 'certs.d');
    folder = join(certsD, 'reg.test:5000');
    file = join(folder, `regent-${made.cert.sha256.slice(0, 16)}.crt`);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const ask = async (request: object) =>
    perform(JSON.stringify(request), await machinePlaces(root, 'linux'), ['machine']);
  const askOne = async (request: object) => {
    const answer = await ask(request);
    return answer.ok ? [...answer.apply, ...answer.takeBack][0] : answer;
  };

  it('tells what it wrote and made, and writes the same twice', async () => {
    const folders = [join(root, 'etc', 'docker'), certsD, folder];
    expect(await askOne(put)).toEqual({
      consumer: 'docker-engine',
      ok: true,
      done: [
        ...folders.map((path) => ({ path, status: 'created' })),
        { path: file, status: 'written' },
      ],
    });
    expect(await askOne(put)).toEqual({
      consumer: 'docker-engine',
      ok: true,
      done: [{ path: file, status: 'already' }],
    });
  });

  it('makes readable files and folders under any umask', async () => {
    const before = process.umask(0o077);
    await ask(put);
    process.umask(before);
    const closed = snapshotTree(join(root, 'etc')).filter((line) => / (700|600) /.test(line));
    expect(closed).toEqual([]);
  });

  it('takes everything back when a later part fails', async () => {
    const other = make({ cn: 'other' });
    const second = { pem: other.pem, sha256: other.cert.sha256 };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `regent-${second.sha256.slice(0, 16)}.crt`), 'mine');
    const before = snapshotTree(root);
    const both = { ...wish, certificates: [certificate, second] };
    const answer = await askOne({ ...put, apply: [{ consumer: 'docker-engine', wish: both }] });
    expect(answer).toMatchObject({ ok: false, reason: 'changed' });
    expect(snapshotTree(root)).toEqual(before);
  });

  it('works at no path but its own', async () => {
    await ask(put);
    const before = snapshotTree(root);
    for (const foreign of [root, '/etc', `${folder}/..`, `${folder}/`]) {
      expect(await ask(removeOf([file], [foreign]))).toEqual({ ok: false, invalid: foreign });
    }
    expect(await ask(removeOf(['/etc/passwd'], []))).toEqual({ ok: false, invalid: '/etc/passwd' });
    const strays = ['/etc/passwd', join(certsD, 'other.test'), file, `${folder}/../x`];
    for (const stray of strays) {
      const request = {
        ...put,
        apply: [{ consumer: 'docker-engine', wish: { ...wish, aside: [stray] } }],
      };
      // Its own file is no stray path, but it is not put aside either.
      const refused = stray === file ? { ok: true } : { ok: false, invalid: stray };
      expect(await ask(request)).toMatchObject(refused);
    }
    expect(snapshotTree(root)).toEqual(before);
  });

  it('follows no links', async () => {
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(certsD, { recursive: true });
    symlinkSync(elsewhere, folder);
    expect(await askOne(put)).toMatchObject({
      reason: 'unsafe',
      path: folder,
      detail: 'symbolicLink',
    });
    expect(await askOne(removeOf([file], []))).toMatchObject({ reason: 'unsafe' });
    rmSync(folder);
    mkdirSync(folder);
    writeFileSync(join(elsewhere, 'x'), made.pem);
    symlinkSync(join(elsewhere, 'x'), file);
    expect(await askOne(put)).toMatchObject({ reason: 'unsafe', path: file });
    expect(await askOne(removeOf([file], []))).toMatchObject({ done: [{ status: 'kept' }] });
    expect(readFileSync(join(elsewhere, 'x'), 'utf8')).toBe(made.pem);
  });

  it('touches no file that has a second name, and no folder that others may change', async () => {
    await ask(put);
    const remove = removeOf([file], []);
    linkSync(file, join(root, 'second-name'));
    expect(await askOne(remove)).toMatchObject({ reason: 'unsafe', detail: 'hardLinks' });
    rmSync(join(root, 'second-name'));
    chmodSync(certsD, 0o775);
    expect(await askOne(remove)).toMatchObject({ reason: 'unsafe', detail: 'writableByOthers' });
    expect(existsSync(file)).toBe(true);
  });

  it('clears away what a killed write of this file left behind, and nothing that only looks like it', async () => {
    mkdirSync(folder, { recursive: true });
    const name = `.regent-${made.cert.sha256.slice(0, 16)}.crt`;
    writeFileSync(join(folder, `${name}.0123456789ab`), 'half');
    writeFileSync(join(folder, `${name}.bak`), 'mine');
    await ask(put);
    const names = snapshotTree(folder).join('\n');
    expect(names).not.toContain('.0123456789ab');
    expect(names).toContain('.bak');
  });
});
