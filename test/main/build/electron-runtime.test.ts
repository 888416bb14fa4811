import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkSha256, checkSha512 } from '../../../main/build/check-sum.ts';
import { developmentMark } from '../../../main/build/development-electron.ts';
import { resolveElectron } from '../../../main/build/electron-runtime.ts';
import { findRuntimeCache } from '../../../main/build/runtime-cache.ts';
import { extractTarEntry } from '../../../main/build/unpack.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regent-runtime-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('the Electron named in REGENT_ELECTRON', () => {
  const executable = () => join(folder, 'electron');

  it('is used as it is, with the version that lies beside it', async () => {
    await writeFile(executable(), '');
    await writeFile(join(folder, 'version'), 'v45.4.1\n');
    vi.stubEnv('REGENT_ELECTRON', executable());
    expect(await resolveElectron(() => {})).toMatchObject({
      ...{ executablePath: executable(), dist: folder, version: '45.4.1', official: true },
    });
  });

  it('is known as the development runtime by its mark', async () => {
    for (const name of ['electron', 'version', developmentMark]) {
      await writeFile(join(folder, name), '33.2.1');
    }
    vi.stubEnv('REGENT_ELECTRON', executable());
    expect(await resolveElectron(() => {})).toMatchObject({ version: '33.2.1', official: false });
  });

  it('must be there', async () => {
    vi.stubEnv('REGENT_ELECTRON', executable());
    await expect(resolveElectron(() => {})).rejects.toThrow(executable());
  });
});

describe('the cache of runtimes', () => {
  it('follows XDG_CACHE_HOME, and is readable by all where root fetches', () => {
    expect(findRuntimeCache({ XDG_CACHE_HOME: '/x' }, true)).toBe('/x/regent/electron');
    expect(findRuntimeCache({ HOME: '/home/ann' }, false)).toBe('/home/ann/.cache/regent/electron');
    expect(findRuntimeCache({ HOME: '/root' }, true)).toBe('/var/cache/regent/electron');
  });
});

describe('a fetched file', () => {
  it('passes with its pinned sums and with no others', async () => {
    const path = join(folder, 'file');
    await writeFile(path, 'content');
    const digest = (name: string) => createHash(name).update('content');
    await checkSha512(path, digest('sha512').digest('base64'));
    await checkSha256(path, digest('sha256').digest('hex'));
    await expect(checkSha512(path, digest('sha256').digest('base64'))).rejects.toThrow('pinned');
    await expect(checkSha256(path, '0'.repeat(64))).rejects.toThrow('pinned');
  });

  it('gives out the one entry that is wanted', async () => {
    const archive = join(folder, 'a.tgz');
    const entries = pack();
    entries.entry({ name: 'package/other' }, 'no');
    entries.entry({ name: 'package/wanted' }, 'yes');
    entries.finalize();
    const chunks: Buffer[] = [];
    for await (const chunk of entries) chunks.push(chunk as Buffer);
    const packed = gzipSync(Buffer.concat(chunks));
    await writeFile(archive, packed);
    const target = join(folder, 'out');
    await extractTarEntry(archive, 'package/wanted', target);
    expect(await readFile(target, 'utf8')).toBe('yes');
    await expect(extractTarEntry(archive, 'package/none', target)).rejects.toThrow('package/none');
    await writeFile(archive, packed.subarray(0, packed.length - 20));
    await expect(extractTarEntry(archive, 'package/none', target)).rejects.toThrow();
  });
});
