import { copyFile, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadVaultBeside } from '../../../main/helper/load-vault-beside.ts';

describe('the keychain module of an executable', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'regent-beside-'));
    await writeFile(join(folder, 'program'), '');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is the one beside the program itself, not the one beside a link to it', async () => {
    const elsewhere = join(folder, 'linked');
    const prebuilt = `node_modules/@github/keytar/prebuilds/${process.platform}-${process.arch}`;
    await symlink(join(folder, 'program'), elsewhere);
    await copyFile(join(prebuilt, 'keytar.node'), join(folder, 'keytar.node'));
    expect(Object.keys(await loadVaultBeside(elsewhere))).toContain('getPassword');
  });

  it('is reported with its path when it is missing, or no library', async () => {
    const path = join(folder, 'keytar.node');
    const missing = {
      code: 'KEYCHAIN_UNAVAILABLE',
      data: { detail: expect.stringContaining(path) },
    };
    await expect(loadVaultBeside(join(folder, 'program'))).rejects.toMatchObject(missing);
    await writeFile(path, 'text');
    await expect(loadVaultBeside(join(folder, 'program'))).rejects.toMatchObject(missing);
  });
});
