import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeUnless,
  type LabKeychain,
  labFolder,
  startKeychain,
  whyLabMissing,
} from '../../lab/index.ts';
import {
  type HelperBuild,
  type HelperUser,
  helperBuilds,
  makeHelperUser,
  storeLine,
} from './run-helper.ts';

type Call = readonly [action: string, input: string];

/** Starts all before any has ended. Input comes from files, as this process is too busy starting to write any. */
function callAtOnce({ argv }: HelperBuild, { env }: HelperUser, calls: readonly Call[]) {
  const [program, ...first] = argv;
  const folder = mkdtempSync(join(labFolder, 'crowd-'));
  const running = calls.map(async ([action, input], n) => {
    const path = join(folder, String(n));
    writeFileSync(path, input);
    const stdin = openSync(path, 'r');
    const child = spawn(program, [...first, action], {
      env,
      stdio: [stdin, 'pipe', 'pipe'],
    });
    closeSync(stdin);
    const said = { stdout: '', stderr: '' };
    for (const name of ['stdout', 'stderr'] as const) {
      child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
        said[name] += chunk;
      });
    }
    const [status] = await once(child, 'close');
    return { status, ...said };
  });
  return Promise.all(running);
}

for (const build of helperBuilds) {
  describeUnless(
    whyLabMissing(['keychain']) ?? build.why,
    `a hundred calls at once of docker-credential-regent, ${build.name},`,
    () => {
      let keychain: LabKeychain;
      let user: HelperUser;
      const servers = Array.from({ length: 100 }, (_, n) => `crowd-${n}.test:5443`);
      const silent = { status: 0, stdout: '', stderr: '' };
      const login = (ServerURL: string, Username: string, Secret: string) =>
        `${JSON.stringify({ ServerURL, Username, Secret })}\n`;
      const list = async () =>
        JSON.parse((await user.call('list')).stdout) as Record<string, string>;

      beforeAll(async () => {
        keychain = await startKeychain();
        user = makeHelperUser(keychain.env, build);
      });
      afterAll(() => keychain.stop());

      it('lose no login that is stored', async () => {
        const said = await callAtOnce(
          build,
          user,
          servers.map((server) => ['store', storeLine(server, 'ada', `pw of ${server}`)]),
        );
        for (const one of said) expect(one).toEqual(silent);
        expect(await list()).toEqual(Object.fromEntries(servers.map((server) => [server, 'ada'])));
      });

      it('get every login whole', async () => {
        const got = await callAtOnce(
          build,
          user,
          servers.map((server) => ['get', server]),
        );
        expect(got.map(({ stdout }) => stdout)).toEqual(
          servers.map((server) => login(server, 'ada', `pw of ${server}`)),
        );
      });

      it('erase, store anew and get side by side, each its own', async () => {
        const jobs = servers.map((server, n): Call => {
          if (n % 3 === 0) return ['erase', server];
          if (n % 3 === 1) return ['store', storeLine(server, 'bob', 'new')];
          return ['get', server];
        });
        const said = await callAtOnce(build, user, jobs);
        const expected = servers.map((server, n) =>
          n % 3 === 2 ? { ...silent, stdout: login(server, 'ada', `pw of ${server}`) } : silent,
        );
        expect(said).toEqual(expected);
        const left = servers.flatMap((server, n) =>
          n % 3 === 0 ? [] : [[server, n % 3 === 1 ? 'bob' : 'ada']],
        );
        expect(await list()).toEqual(Object.fromEntries(left));
      });

      it('leave one of the logins that were stored for one registry, whole', async () => {
        const names = Array.from({ length: 30 }, (_, n) => `user-${n}`);
        const said = await callAtOnce(
          build,
          user,
          names.map((name) => ['store', storeLine('one.test', name, `pw of ${name}`)]),
        );
        for (const one of said) expect(one).toEqual(silent);
        const got = JSON.parse((await user.call('get', 'one.test')).stdout);
        expect(names).toContain(got.Username);
        expect(got.Secret).toBe(`pw of ${got.Username}`);
        expect(await user.call('erase', 'one.test')).toEqual(silent);
        expect((await user.call('get', 'one.test')).stdout).toContain('credentials not found');
      });

      it('erase everything', async () => {
        const said = await callAtOnce(
          build,
          user,
          servers.map((server) => ['erase', server]),
        );
        for (const one of said) expect(one).toEqual(silent);
        expect(await list()).toEqual({});
      });
    },
  );
}
