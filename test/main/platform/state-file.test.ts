import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openStateFile } from '../../../main/platform/state-file.ts';
import { writeAtomically } from '../../../main/platform/write-atomically.ts';

const schema = z.object({ names: z.array(z.string()) });
let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
  path = join(folder, 'sub', 'state.json');
});
const open = () => openStateFile(path, schema, { names: [] });

describe('a state file', () => {
  it('begins empty, without making a file', async () => {
    expect(await open().read()).toEqual({ names: [] });
    expect(existsSync(path)).toBe(false);
  });

  it('is kept for this user alone', async () => {
    await open().update(() => ({ names: ['a'] }));
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(join(folder, 'sub')).mode & 0o777).toBe(0o700);
    expect(await open().read()).toEqual({ names: ['a'] });
  });

  it('loses nothing when many change it at once', async () => {
    const names = Array.from({ length: 30 }, (_, n) => `n${n}`);
    await Promise.all(
      names.map((name) => open().update((state) => ({ names: [...state.names, name] }))),
    );
    expect((await open().read()).names.toSorted()).toEqual(names.toSorted());
  });

  it.each(['', '{', '{"names": 5}'])(
    'is never written over when it is not what it should be: %j',
    async (text) => {
      await open().update(() => ({ names: [] }));
      writeFileSync(path, text);
      await expect(open().read()).rejects.toMatchObject({ code: 'STATE_INVALID' });
      await expect(open().update((state) => state)).rejects.toMatchObject({
        code: 'STATE_INVALID',
      });
      expect(readFileSync(path, 'utf8')).toBe(text);
    },
  );
});

describe('an atomic write', () => {
  it('sets the mode asked for, whatever the umask, and leaves nothing beside the file', async () => {
    const file = join(folder, 'file');
    await writeAtomically(file, 'new', { mode: 0o644 });
    expect(statSync(file).mode & 0o777).toBe(0o644);
    expect(readdirSync(folder)).toEqual(['file']);
  });

  it('leaves the old file and nothing beside it when it can’t be done', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, 'old');
    chmodSync(file, 0o600);
    const fail = () => Promise.reject(new Error('changed meanwhile'));
    await expect(writeAtomically(file, 'new', { mode: 0o644, check: fail })).rejects.toThrow();
    expect(readFileSync(file, 'utf8')).toBe('old');
    expect(readdirSync(folder)).toEqual(['file']);
  });
});
