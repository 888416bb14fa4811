import { chmod, mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import {
  createHelperInstall,
  type HelperInstall,
} from '../../../../main/accounts/helper/helper-install.ts';
import type { FoundLogin } from '../../../../shared/model/found-login.ts';
import { machineOf } from './machine-of.ts';

/** How a person's session differs from an empty one. */
interface Session {
  readonly env?: NodeJS.ProcessEnv;
  readonly found?: readonly FoundLogin[];
}

/** A person's home with programs on a PATH of its own, and logins for `h:1` and Docker Hub. */
export interface TestHome {
  readonly root: string;
  readonly home: string;
  /** Where Regent's helper goes; the first folder of the PATH. */
  readonly bin: string;
  readonly config: string;
  /** Where podman writes. */
  readonly auth: string;
  /** Puts a shell script on the PATH. */
  program(name: string, body?: string): Promise<string>;
  open(session?: Session): HelperInstall;
}

/** Makes one; remove `root` afterwards. It is not in the temporary folder, where no helper is ever put. */
export async function makeHome(): Promise<TestHome> {
  const root = await mkdtemp(join(homedir(), '.regent-test-'));
  const home = join(root, 'home');
  const [bin, tools, run] = [join(home, '.local', 'bin'), join(home, 'tools'), join(home, 'run')];
  await mkdir(tools, { recursive: true });
  await mkdir(run);
  return {
    ...{ root, home, bin },
    config: join(home, '.docker', 'config.json'),
    auth: join(run, 'containers', 'auth.json'),
    program: async (name, body = 'exit 0') => {
      const file = join(tools, name);
      await writeFile(file, `#!/bin/sh\n${body}\n`);
      await chmod(file, 0o755);
      return file;
    },
    open: ({ env, found } = {}) =>
      createHelperInstall({
        paths: { data: join(root, 'data'), dockerConfig: join(home, '.docker') },
        installer: { home, path: `${bin}:${tools}`, isRoot: false, systemFolder: '/nowhere' },
        program: { kind: 'executable', path: '/bin/true', script: '/nowhere' },
        listAddresses: async () => ['h:1', 'docker.io'],
        findLogins: async () => found ?? [],
        machine: machineOf({ XDG_RUNTIME_DIR: run, ...env }),
        settleMs: 0,
      }),
  };
}
