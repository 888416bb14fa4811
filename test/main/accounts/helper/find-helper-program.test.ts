import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findHelperProgram } from '../../../../main/accounts/helper/find-helper-program.ts';

const NAME = 'docker-credential-regent';
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'regent-programs-'));
});
afterEach(() => rm(root, { recursive: true }));

/** Makes an executable file. */
async function put(path: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, '', { mode: 0o755 });
  return path;
}

it('takes the executable that was built beside the script', async () => {
  const path = await put(join(root, NAME));
  const script = join(root, `${NAME}.mjs`);
  expect(await findHelperProgram(root, '/node', 'linux')).toEqual({
    ...{ kind: 'executable', path, script },
  });
  await chmod(path, 0o644);
  expect(await findHelperProgram(root, '/node', 'linux')).toEqual({
    ...{ kind: 'launcher', node: '/node', script },
  });
});

it('takes the one among the resources of a packed app, which is an .exe on Windows', async () => {
  const programs = join(root, 'app.asar.unpacked', 'dist');
  const [unix, windows] = [await put(join(root, NAME)), await put(join(root, `${NAME}.exe`))];
  const found = (platform: NodeJS.Platform) => findHelperProgram(programs, null, platform);
  expect(await found('darwin')).toMatchObject({ kind: 'executable', path: unix });
  expect(await found('win32')).toMatchObject({ kind: 'copy', path: windows });
});

it('looks nowhere else, such as above a checkout', async () => {
  await put(join(root, NAME));
  const programs = join(root, 'project', 'dist');
  expect(await findHelperProgram(programs, null, 'linux')).toMatchObject({ kind: 'launcher' });
});
