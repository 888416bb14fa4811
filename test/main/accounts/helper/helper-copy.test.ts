import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isCopyOf, readStart } from '../../../../main/accounts/helper/helper-copy.ts';
import { openHelperFile } from '../../../../main/accounts/helper/helper-file.ts';
import type { HelperProgram } from '../../../../main/accounts/helper/helper-program.ts';

const EXE = 'docker-credential-regent.exe';
let root: string;
let bin: string;
let program: HelperProgram & { readonly kind: 'copy' };

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'regent-copy-'));
  bin = join(root, 'home', '.local', 'bin');
  const app = join(root, 'app');
  await mkdir(app);
  await writeFile(join(app, EXE), 'MZ the helper', { mode: 0o755 });
  await writeFile(join(app, 'keytar.node'), 'its module');
  program = { kind: 'copy', path: join(app, EXE), script: join(app, 'script.mjs') };
});
afterEach(() => rm(root, { recursive: true }));

const open = () =>
  openHelperFile(
    join(root, 'data'),
    {
      ...{ home: join(root, 'home'), path: [bin, join(root, 'other')].join(delimiter) },
      ...{ isRoot: false, systemFolder: join(root, 'system') },
    },
    program,
  );

describe('the helper on a system without links for everybody', () => {
  it('is an .exe with its module beside it, and takes no room', async () => {
    await open().install();
    expect((await readdir(bin)).sort()).toEqual([EXE, 'keytar.node']);
    expect(await isCopyOf(join(bin, EXE), program.path)).toBe(true);
    expect(await readFile(join(bin, 'keytar.node'), 'utf8')).toBe('its module');
    expect(await open().state()).toEqual({ kind: 'ready', path: join(bin, EXE) });
  });

  it('is known again after Regent was renewed, and replaced by the new one', async () => {
    await open().install();
    // An installer puts new files there, and what was copied stays the old ones.
    await rm(program.path);
    await writeFile(program.path, 'MZ the newer helper', { mode: 0o755 });
    expect(await readFile(join(bin, EXE), 'utf8')).toBe('MZ the helper');
    expect(await open().state()).toMatchObject({ kind: 'ready' });
    await open().install();
    expect(await readFile(join(bin, EXE), 'utf8')).toBe('MZ the newer helper');
    expect((await readdir(bin)).sort()).toEqual([EXE, 'keytar.node']);
  });

  it('is broken without its module, and whole again after the next installation', async () => {
    await open().install();
    await rm(join(bin, 'keytar.node'));
    const missing = join(bin, 'keytar.node');
    expect(await open().state()).toEqual({ kind: 'broken', path: join(bin, EXE), missing });
    await open().install();
    expect(await open().state()).toMatchObject({ kind: 'ready' });
  });

  it('goes with its module, and leaves somebody else’s alone', async () => {
    await open().install();
    await open().remove();
    await expect(stat(bin)).rejects.toMatchObject({ code: 'ENOENT' });
    await mkdir(bin, { recursive: true });
    await writeFile(join(bin, EXE), 'MZ of somebody else');
    await chmod(join(bin, EXE), 0o755);
    expect(await open().state()).toEqual({ kind: 'foreign', path: join(bin, EXE) });
    await expect(open().install()).rejects.toMatchObject({ code: 'HELPER_FOREIGN' });
    await open().remove();
    expect(await readFile(join(bin, EXE), 'utf8')).toBe('MZ of somebody else');
  });
});

it('reads the start of a file only', async () => {
  expect((await readStart(program.path, 2)).toString()).toBe('MZ');
});
