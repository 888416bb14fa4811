import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Accounts, createAccounts } from '../../../../main/accounts/accounts.ts';
import { createLoginImport } from '../../../../main/accounts/import/create-login-import.ts';
import type { LoginImport } from '../../../../main/accounts/import/login-import.ts';
import { runProcess } from '../../../../main/platform/run-process.ts';
import type { Problem } from '../../../../shared/errors/index.ts';
import type { FoundLogin, ImportedLogin } from '../../../../shared/model/found-login.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { type FakeKeychain, fakeKeychain } from '../../../fakes/keychain.ts';

/** A home with docker's and podman's files, helpers on a PATH of its own, and Regent with a keychain in memory. */
export interface ImportWorld {
  readonly root: string;
  readonly home: string;
  readonly config: string;
  readonly auth: string;
  readonly env: NodeJS.ProcessEnv;
  readonly keychain: FakeKeychain;
  readonly accounts: Accounts;
  readonly imports: LoginImport;
  /** The registries for which a route was asked, and what the next answers are. */
  readonly routes: string[];
  route: (address: string) => Promise<Problem | null>;
  find(): Promise<readonly FoundLogin[]>;
  /** Takes over all that is found. */
  takeAll(): Promise<readonly ImportedLogin[]>;
  write(path: string, content: unknown, mode?: number): Promise<void>;
  read(path: string): Promise<string>;
  /** Puts `docker-credential-NAME` on the PATH: a shell script with that body. */
  putHelper(name: string, body: string): Promise<void>;
  /** Puts a helper there that keeps these logins. */
  putStore(
    name: string,
    logins: Readonly<Record<string, readonly [string, string]>>,
  ): Promise<void>;
  dispose(): Promise<void>;
}

export const never = new AbortController().signal;

export const pair = (user: string, password: string) =>
  Buffer.from(`${user}:${password}`).toString('base64');

export async function makeImportWorld(
  more: NodeJS.ProcessEnv = {},
  deadlines = { list: 10_000, get: 10_000 },
): Promise<ImportWorld> {
  const root = await mkdtemp(join(tmpdir(), 'regent-import-'));
  const home = join(root, 'home');
  const bin = join(root, 'bin');
  await mkdir(bin);
  const env = { HOME: home, PATH: bin, XDG_RUNTIME_DIR: join(root, 'run'), ...more };
  const keychain = fakeKeychain();
  const data = join(root, 'data');
  const accounts = createAccounts({
    paths: { data },
    clock: createFakeClock(),
    keychain: keychain.keychain,
  });
  const routes: string[] = [];
  const imports = createLoginImport({
    ...{ env, platform: 'linux', run: runProcess, accounts, uid: 123_456_789 },
    paths: { data, home, dockerConfig: join(home, '.docker') },
    deadlines,
    route: (address) => {
      routes.push(address);
      return world.route(address);
    },
  });
  const putHelper = async (name: string, body: string) => {
    const path = join(bin, `docker-credential-${name}`);
    await writeFile(path, `#!/bin/sh\n${body}\n`);
    await chmod(path, 0o755);
  };
  const world: ImportWorld = {
    ...{ root, home, env, keychain, accounts, imports, routes, putHelper },
    config: join(home, '.docker', 'config.json'),
    auth: join(root, 'run', 'containers', 'auth.json'),
    route: async () => null,
    find: () => imports.find(never),
    takeAll: async () =>
      imports.take(
        (await imports.find(never)).map(({ id }) => id),
        never,
      ),
    write: async (path, content, mode = 0o600) => {
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
      await chmod(path, mode);
    },
    read: (path) => readFile(path, 'utf8'),
    putStore: async (name, logins) => {
      const list = Object.fromEntries(Object.entries(logins).map(([key, [user]]) => [key, user]));
      const cases = Object.entries(logins).map(([key, [Username, Secret]]) => {
        const answer = JSON.stringify({ ServerURL: key, Username, Secret });
        return `'${key}') echo '${answer}';;`;
      });
      await putHelper(
        name,
        `if [ "$1" = list ]; then echo '${JSON.stringify(list)}'; exit; fi
read -r key || true
case "$key" in ${cases.join('\n')}
*) echo 'credentials not found in native keychain'; exit 1;; esac`,
      );
    },
    dispose: () => rm(root, { recursive: true, force: true }),
  };
  return world;
}
