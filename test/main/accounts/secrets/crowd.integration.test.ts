import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { agentProgram } from '../../../../main/accounts/secrets/agent/start-agent.ts';
import { createSecretStore } from '../../../../main/accounts/secrets/create-secret-store.ts';
import { openKeychain } from '../../../../main/accounts/secrets/keychain.ts';
import type { SecretStoreService } from '../../../../main/accounts/secrets/secret-store.ts';
import { projectFolder } from '../../../../main/build/project.mjs';
import { systemClock } from '../../../../main/platform/clock.ts';
import { findPaths } from '../../../../main/platform/paths.ts';
import { describeUnless, labFolder, run, whyLabMissing } from '../../../lab/index.ts';
import {
  type HelperUser,
  helperBuilds,
  makeHelperUser,
  storeLine,
} from '../../helper/run-helper.ts';

for (const build of helperBuilds) {
  describeUnless(
    whyLabMissing() ?? build.why,
    `a hundred calls at once of the helper, ${build.name}, where logins are encrypted files,`,
    () => {
      let user: HelperUser;
      let store: SecretStoreService;
      const servers = Array.from({ length: 100 }, (_, n) => `crowd-${n}.test:5443`);
      const silent = { status: 0, stdout: '', stderr: '' };

      /** Starts all before any has ended. Input comes from files, as this process is too busy to write any. */
      const callAtOnce = (action: string, inputs: readonly string[]) => {
        const folder = mkdtempSync(join(labFolder, 'crowd-'));
        const calls = inputs.map((input, n) => {
          const path = join(folder, String(n));
          writeFileSync(path, input);
          const shell = ['sh', '-c', 'file=$1; shift; exec "$@" < "$file"', 'sh', path];
          return run([...shell, ...build.argv, action], { env: user.env });
        });
        return Promise.all(calls);
      };
      const expectAll = async () => {
        const got = await callAtOnce('get', servers);
        expect(got.map(({ stdout, stderr }) => stdout + stderr)).toEqual(
          servers.map(
            (ServerURL) =>
              `${JSON.stringify({ ServerURL, Username: 'ada', Secret: `pw of ${ServerURL}` })}\n`,
          ),
        );
      };

      beforeAll(() => {
        user = makeHelperUser({}, build);
        const agent = agentProgram(process.execPath, join(projectFolder, 'dist', 'agent.mjs'));
        store = createSecretStore({
          ...{ data: findPaths(user.env, 'linux').data, env: user.env, platform: 'linux' },
          ...{ keychain: openKeychain(), clock: systemClock, agent },
        });
      });
      afterAll(() => store.lock());

      it('lose no login that is stored, and get every one whole', async () => {
        await store.choose({ kind: 'key-file', path: join(user.home, 'regent.key') });
        const lines = servers.map((server) => storeLine(server, 'ada', `pw of ${server}`));
        for (const said of await callAtOnce('store', lines)) expect(said).toEqual(silent);
        await expectAll();
      }, 180_000);

      it('get every login whole from one agent', async () => {
        await store.choose({ kind: 'passphrase', passphrase: 'correct horse' });
        await expectAll();
      }, 180_000);

      it('erase everything', async () => {
        for (const said of await callAtOnce('erase', servers)) expect(said).toEqual(silent);
        expect((await user.call('list')).stdout).toBe('{}\n');
      });
    },
  );
}
