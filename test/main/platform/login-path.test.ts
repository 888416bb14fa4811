import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createLoginPath } from '../../../main/platform/login-path.ts';
import { runProcess } from '../../../main/platform/run-process.ts';
import { createFakeClock } from '../../fakes/clock.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'regent-shell-'));
});
afterEach(() => rm(home, { recursive: true }));

const clock = createFakeClock();
const ask = (env: NodeJS.ProcessEnv, more = {}) =>
  createLoginPath({
    ...{ env: { HOME: home, PATH: '/short', ...env }, platform: 'darwin', run: runProcess, clock },
    ...more,
  });
/** A shell that does as it likes. */
const shell = async (body: string) => {
  const file = join(home, 'shell');
  await writeFile(file, `#!/bin/sh\n${body}\n`);
  await chmod(file, 0o755);
  return file;
};

describe('the PATH of a terminal', () => {
  it('is what the user’s start files make of it, whatever they print', async () => {
    await writeFile(
      join(home, '.bash_profile'),
      'echo "hello; PATH=/no"\nexport PATH="/own bin:$PATH"\n',
    );
    const path = await ask({ SHELL: '/bin/bash' })();
    expect(path.split(':')[0]).toBe('/own bin');
  });

  it.each([
    ['there is no shell', async () => ({})],
    ['the shell is no path', async () => ({ SHELL: 'bash' })],
    ['the shell is gone', async () => ({ SHELL: '/nowhere/bash' })],
    ['the shell says nothing', async () => ({ SHELL: await shell('exit 1') })],
    ['the shell talks nonsense', async () => ({ SHELL: await shell('echo "$2"') })],
  ])('is this process’s own where %s', async (_, env) => {
    expect(await ask(await env())()).toBe('/short');
  });

  it('is this process’s own on other systems, and where the start files never end', async () => {
    for (const platform of ['linux', 'win32']) {
      expect(await ask({ SHELL: '/bin/bash' }, { platform })()).toBe('/short');
    }
    const SHELL = await shell('exec /bin/sleep 60');
    expect(await ask({ SHELL }, { deadlineMs: 50 })()).toBe('/short');
  });

  it('is asked for once a minute', async () => {
    const SHELL = await shell(`echo x >>'${home}/asked'; exec /bin/sh -c "$2"`);
    const path = ask({ SHELL });
    expect([await path(), await path()]).toEqual(['/short', '/short']);
    await writeFile(join(home, 'shell'), '#!/bin/sh\nPATH=/longer exec /bin/sh -c "$2"\n');
    expect(await path()).toBe('/short');
    clock.advance(61_000);
    expect(await path()).toBe('/longer');
  });
});
