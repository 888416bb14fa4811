import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeIdentity } from '../../../../../main/accounts/secrets/files/age.ts';
import { makeKeyFile, readKeyFile } from '../../../../../main/accounts/secrets/files/key-file.ts';
import { systemFiles } from '../../../../../main/accounts/secrets/files/store-files.ts';
import { describeUnless, whyNotRoot } from '../../../../lab/index.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'regent-key-'));
  path = join(folder, 'regent.key');
});
afterEach(() => rm(folder, { recursive: true }));

const write = (text: string) => writeFileSync(path, text, { mode: 0o600 });
const make = () => makeKeyFile(path, systemFiles, '2026-01-02T03:04:05.000Z');
const expectRefused = (reason: string) =>
  expect(readKeyFile(path)).rejects.toMatchObject({
    ...{ code: 'KEY_FILE_INVALID', data: { path, reason } },
  });

describe('a key file', () => {
  it('is read as age-keygen writes it, comments, empty lines and Windows’ line ends included', async () => {
    const { identity, recipient } = await makeIdentity();
    write(`# created: 2026\r\n# public key: ${recipient}\r\n\r\n  ${identity}\r\n`);
    expect(await readKeyFile(path)).toEqual({ identities: [identity], recipients: [recipient] });
  });

  it('may hold several keys; the first one encrypts', async () => {
    const [one, other] = [await makeIdentity(), await makeIdentity()];
    write(`${one.identity}\n${other.identity}\n`);
    expect((await readKeyFile(path)).recipients).toEqual([one.recipient, other.recipient]);
  });

  it('is made with the folders above it, and is never written over', async () => {
    path = join(folder, 'a', 'b', 'regent.key');
    await make();
    const text = readFileSync(path, 'utf8');
    await make();
    expect(readFileSync(path, 'utf8')).toBe(text);
    expect((await readKeyFile(path)).identities).toHaveLength(1);
    write('mine');
    await make();
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(await systemFiles.list(join(folder, 'a', 'b'))).toEqual(['regent.key']);
  });

  it('is not made through a link that leads nowhere', async () => {
    symlinkSync(join(folder, 'elsewhere'), path);
    await make();
    expect(await systemFiles.list(folder)).toEqual(['regent.key']);
    await expectRefused('ENOENT');
  });

  it('may be a link of the user’s own', async () => {
    const target = join(folder, 'target');
    await makeKeyFile(target, systemFiles, '');
    symlinkSync(target, path);
    expect((await readKeyFile(path)).identities).toHaveLength(1);
  });

  it.each([0o640, 0o604, 0o620, 0o666, 0o601])('is refused with the mode %o', async (mode) => {
    await make();
    chmodSync(path, mode);
    await expectRefused('othersCanRead');
  });

  it.each([0o777, 0o722])('is refused in a folder that others can change: %o', async (mode) => {
    await make();
    const link = join(folder, 'own', 'link.key');
    mkdirSync(join(folder, 'own'), { mode: 0o700 });
    symlinkSync(path, link);
    chmodSync(folder, mode);
    await expectRefused('openFolder');
    await expect(readKeyFile(link)).rejects.toMatchObject({ data: { reason: 'openFolder' } });
    chmodSync(folder, 0o1777);
    expect((await readKeyFile(path)).identities).toHaveLength(1);
  });

  it.each([
    ['', 'notAnIdentity'],
    ['# only a comment\n', 'notAnIdentity'],
    ['AGE-SECRET-KEY-1QQQQ\n', 'notAnIdentity'],
    ['AGE-PLUGIN-YUBIKEY-1QQQQ\n', 'notAnIdentity'],
    ['-----BEGIN OPENSSH PRIVATE KEY-----\n', 'notAnIdentity'],
    ['age-encryption.org/v1\n-> scrypt x 18\n', 'encrypted'],
    ['-----BEGIN AGE ENCRYPTED FILE-----\n', 'encrypted'],
    [`#${'x'.repeat(70_000)}`, 'tooBig'],
  ])('is refused when it holds %j', async (text, reason) => {
    write(text.slice(0, 70_000));
    await expectRefused(reason);
  });

  it('is refused when one of its keys is none', async () => {
    const { identity } = await makeIdentity();
    write(`${identity}\nnonsense\n`);
    await expectRefused('notAnIdentity');
  });

  it('is refused when it is no file, at once', async () => {
    mkdirSync(path);
    await expectRefused('notAFile');
    await rm(path, { recursive: true });
    execFileSync('mkfifo', ['-m', '600', path]);
    await expectRefused('notAFile');
  });
});

describeUnless(whyNotRoot, 'a key file', () => {
  it('is refused in a folder of somebody else', async () => {
    await make();
    chownSync(folder, 12345, 12345);
    await expectRefused('openFolder');
  });
});
