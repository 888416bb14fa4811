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
import { snapshotTree } from '../../../lab/snapshot-tree.ts';
import { make } from '../make-certificate.ts';

const made = make();
const certificate = { pem: made.pem, sha256: made.cert.sha256 };
const put = { verb: 'put-certificates', address: 'reg.test:5000', certificates: [certificate] };
const remove = {
  verb: 'remove-certificates',
  address: 'reg.test:5000',
  sha256s: [made.cert.sha256],
  folders: [] as string[],
};

describe('a request to the elevated step', () => {
  const reads = (request: unknown) => parseElevatedRequest(JSON.stringify(request));

  it('is one of two', () => {
    expect(reads(put)).toEqual(put);
    expect(reads(remove)).toEqual(remove);
  });

  it.each([
    ['no object', []],
    ['another verb', { ...put, verb: 'put' }],
    ['one key more', { ...put, path: '/etc/passwd' }],
    ['one key less', { verb: put.verb, address: put.address }],
    ['a path as its address', { ...put, address: '../../x' }],
    ['a folder as its address', { ...put, address: '..' }],
    ['a slash in its address', { ...put, address: 'reg.test/x' }],
    ['a line end in its address', { ...put, address: 'reg.test\n' }],
    ['a zero in its address', { ...put, address: 'reg.test\u0000' }],
    ['letters that only look alike', { ...put, address: 'rеg.test' }],
    ['another fingerprint', { ...put, certificates: [{ ...certificate, sha256: 'a'.repeat(64) }] }],
    [
      'text beside the certificate',
      { ...put, certificates: [{ ...certificate, pem: `x\n${made.pem}` }] },
    ],
    [
      'two certificates in one',
      { ...put, certificates: [{ ...certificate, pem: made.pem + made.pem }] },
    ],
    ['no certificate', { ...put, certificates: [{ ...certificate, pem: 'hello' }] }],
    ['too many certificates', { ...put, certificates: Array(17).fill(certificate) }],
    ['a fingerprint that is a path', { ...remove, sha256s: ['../../../etc/passwd'] }],
  ])('is refused with %s', (_, request) => {
    expect(reads(request)).toBeUndefined();
  });

  it('is refused when bytes follow the certificate', () => {
    const der = Buffer.concat([made.der, Buffer.from('more')]);
    const pem = `-----BEGIN CERTIFICATE-----\n${der.toString('base64').replace(/.{64}/g, '$&\n')}\n-----END CERTIFICATE-----\n`;
    expect(reads({ ...put, certificates: [{ ...certificate, pem }] })).toBeUndefined();
  });

  it('never makes the step fall over, whatever it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(parseElevatedRequest(text)).toBeUndefined();
      }),
    );
    const anything = fc.anything();
    const almost = fc.record({
      verb: fc.constantFrom(put.verb, remove.verb),
      address: fc.oneof(fc.constant('reg.test'), anything),
      certificates: anything,
      sha256s: anything,
      folders: anything,
    });
    fc.assert(
      fc.property(almost, (request) => {
        expect(parseElevatedRequest(JSON.stringify(request))).toBeUndefined();
      }),
    );
  });
});

describe('the elevated step', () => {
  let root: string;
  let certsD: string;
  let folder: string;
  let file: string;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'step-'));
    certsD = join(root, 'docker', 'certs.d');
    folder = join(certsD, 'reg.test:5000');
    file = join(folder, `regent-${made.cert.sha256.slice(0, 16)}.crt`);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const ask = (request: object) => perform(JSON.stringify(request), certsD);

  it('tells what it wrote and made, and writes the same twice', async () => {
    expect(await ask(put)).toEqual({
      ok: true,
      files: [{ path: file, status: 'written' }],
      folders: [join(root, 'docker'), certsD, folder].map((path) => ({ path, status: 'created' })),
    });
    expect(await ask(put)).toEqual({
      ok: true,
      files: [{ path: file, status: 'already' }],
      folders: [],
    });
  });

  it('makes readable files and folders under any umask', async () => {
    const before = process.umask(0o077);
    await ask(put);
    process.umask(before);
    expect(snapshotTree(root).filter((line) => / (700|600) /.test(line))).toHaveLength(1);
  });

  it('takes everything back when a later part fails', async () => {
    const other = make({ cn: 'other' });
    const second = { pem: other.pem, sha256: other.cert.sha256 };
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `regent-${second.sha256.slice(0, 16)}.crt`), 'mine');
    const before = snapshotTree(root);
    const answer = await ask({ ...put, certificates: [certificate, second] });
    expect(answer).toMatchObject({ ok: false, reason: 'changed' });
    expect(snapshotTree(root)).toEqual(before);
  });

  it('removes only folders on its own way', async () => {
    await ask(put);
    for (const foreign of [root, '/etc', `${folder}/..`, `${folder}/`]) {
      const before = snapshotTree(root);
      const answer = await ask({ ...remove, folders: [foreign] });
      expect(answer).toMatchObject({ ok: false, reason: 'invalid-request', path: foreign });
      expect(snapshotTree(root)).toEqual(before);
    }
  });

  it('follows no links', async () => {
    const elsewhere = join(root, 'elsewhere');
    mkdirSync(elsewhere);
    mkdirSync(certsD, { recursive: true });
    symlinkSync(elsewhere, folder);
    expect(await ask(put)).toMatchObject({
      reason: 'unsafe',
      path: folder,
      detail: 'symbolicLink',
    });
    expect(await ask(remove)).toMatchObject({ reason: 'unsafe' });
    rmSync(folder);
    mkdirSync(folder);
    writeFileSync(join(elsewhere, 'x'), made.pem);
    symlinkSync(join(elsewhere, 'x'), file);
    expect(await ask(put)).toMatchObject({ reason: 'unsafe', path: file });
    expect(await ask(remove)).toMatchObject({ files: [{ status: 'kept' }] });
    expect(readFileSync(join(elsewhere, 'x'), 'utf8')).toBe(made.pem);
  });

  it('touches no file that has a second name, and no folder that others may change', async () => {
    await ask(put);
    linkSync(file, join(root, 'second-name'));
    expect(await ask(remove)).toMatchObject({ reason: 'unsafe', detail: 'hardLinks' });
    rmSync(join(root, 'second-name'));
    chmodSync(certsD, 0o775);
    expect(await ask(remove)).toMatchObject({ reason: 'unsafe', detail: 'writableByOthers' });
    expect(existsSync(file)).toBe(true);
  });

  it('clears away what a killed write left behind, and nothing that only looks like it', async () => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, '.regent-0123456789abcdef.crt.0123456789ab'), 'half');
    writeFileSync(join(folder, '.regent-0123456789abcdef.crt.bak'), 'mine');
    await ask(put);
    const names = snapshotTree(folder).join('\n');
    expect(names).not.toContain('.0123456789ab');
    expect(names).toContain('.bak');
  });
});
