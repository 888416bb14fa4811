import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeIdentity, sealFor } from '../../../../../main/accounts/secrets/files/age.ts';
import { openEncryptedLogins } from '../../../../../main/accounts/secrets/files/encrypted-logins.ts';
import { loginPath } from '../../../../../main/accounts/secrets/files/login-folder.ts';
import { revealWithIdentity } from '../../../../../main/accounts/secrets/files/reveal.ts';
import { systemFiles } from '../../../../../main/accounts/secrets/files/store-files.ts';
import type { Keychain } from '../../../../../main/accounts/secrets/keychain.ts';

let folder: string;
let recipient: string;
let logins: Keychain;
const item = { address: 'h:1', name: 'h:1 ada' };
const pathOf = ({ name }: typeof item) => loginPath(folder, name);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'regent-logins-'));
  const made = await makeIdentity();
  recipient = made.recipient;
  const reveal = revealWithIdentity(made.identity);
  logins = openEncryptedLogins({ folder, recipient, reveal, files: systemFiles });
});
afterEach(() => rm(folder, { recursive: true }));

describe('encrypted logins', () => {
  it('give back any secret byte for byte, whatever its name', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 300 }),
      fc.constantFrom('', '\0', '../..', '\n', 'x'.repeat(200_000)),
    );
    await fc.assert(
      fc.asyncProperty(text, text, async (name, secret) => {
        await logins.write({ address: 'h:1', name }, secret);
        expect(await logins.read({ address: 'h:1', name })).toBe(secret);
      }),
      { numRuns: 60 },
    );
  });

  it('hold one file a login, and none once it is removed', async () => {
    await logins.write(item, 'old');
    await logins.write(item, 'new');
    expect(await logins.read(item)).toBe('new');
    expect(await systemFiles.list(folder)).toHaveLength(1);
    expect(await logins.remove(item)).toBe(true);
    expect(await logins.remove(item)).toBe(false);
    expect(await logins.read(item)).toBeNull();
    expect(await systemFiles.list(folder)).toEqual([]);
  });

  it('notice a file that was put in another’s place', async () => {
    const other = { address: 'evil:1', name: 'evil:1 ada' };
    await logins.write(item, 'secret');
    await logins.write(other, 'known to somebody');
    copyFileSync(pathOf(other), pathOf(item));
    await expect(logins.read(item)).rejects.toMatchObject({
      ...{ code: 'LOGIN_FILE_DAMAGED', data: { address: 'h:1', path: pathOf(item) } },
    });
  });

  it('give no part of a damaged file, whatever became of it', async () => {
    await logins.write(item, 's3cret');
    const whole = readFileSync(pathOf(item));
    const damaged = fc.oneof(
      fc.uint8Array({ maxLength: 400 }),
      fc.nat(whole.length - 1).map((length) => whole.subarray(0, length)),
      fc.tuple(fc.nat(whole.length - 1), fc.integer({ min: 1, max: 255 })).map(([at, bits]) => {
        const bent = Buffer.from(whole);
        bent[at] = (bent[at] ?? 0) ^ bits;
        return bent;
      }),
      fc.uint8Array({ minLength: 1, maxLength: 40 }).map((more) => Buffer.concat([whole, more])),
    );
    await fc.assert(
      fc.asyncProperty(damaged, async (bytes) => {
        writeFileSync(pathOf(item), bytes);
        await expect(logins.read(item)).rejects.toMatchObject({ code: 'LOGIN_FILE_DAMAGED' });
      }),
      { numRuns: 300 },
    );
  });

  it.each(['', '{}', 'null', '[]', '"x"', '{"name":"h:1 ada"}', '{"name":"h:1 ada","secret":7}'])(
    'refuse what is encrypted well and is no login: %j',
    async (text) => {
      writeFileSync(pathOf(item), await sealFor(recipient, text));
      await expect(logins.read(item)).rejects.toMatchObject({ code: 'LOGIN_FILE_DAMAGED' });
    },
  );

  it('say what the file system says', async () => {
    const path = pathOf(item);
    await systemFiles.write(join(path, 'in-the-way'), '');
    const failed = { code: 'FILE_FAILED', data: { path, reason: expect.stringMatching(/^E/) } };
    await expect(logins.read(item)).rejects.toMatchObject(failed);
    await expect(logins.write(item, 'x')).rejects.toMatchObject(failed);
  });
});
