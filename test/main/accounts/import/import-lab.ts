import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRegent, type Regent } from '../../../../main/index.ts';
import type { ImportedLogin } from '../../../../shared/model/found-login.ts';
import { type Finished, type LabEngine, type LabKeychain, labFolder } from '../../../lab/index.ts';
import { helperScript } from '../../helper/run-helper.ts';

/** A person with a home, docker, and Regent as the terminal has it. */
export interface ImportLab {
  readonly home: string;
  readonly config: string;
  readonly env: NodeJS.ProcessEnv;
  readonly regent: Regent;
  docker(args: readonly string[], input?: string): Promise<Finished>;
  /** Takes over all that is found. */
  importAll(): Promise<readonly ImportedLogin[]>;
  /** What `accounts export` prints. */
  exported: string[];
  /** Everything in the files of the home, as one text. */
  homeText(): string;
}

/** What can be chosen; by default the home is new. */
interface ImportLabOptions {
  /** The rest of the PATH. */
  readonly path?: string;
  readonly home?: string;
  readonly more?: NodeJS.ProcessEnv;
}

const newHome = () => mkdtempSync(join(labFolder, 'import-home-'));

const call = () => ({ signal: new AbortController().signal });

/** Makes one; `keychain` must be in this process's environment. */
export async function makeImportLab(
  engine: LabEngine,
  keychain: LabKeychain,
  { path = process.env.PATH ?? '', home = newHome(), more = {} }: ImportLabOptions = {},
): Promise<ImportLab> {
  const bin = join(home, '.local', 'bin');
  mkdirSync(bin, { recursive: true });
  const own = { HOME: home, LANG: 'C.UTF-8', PATH: `${bin}:${path}` };
  const env = { ...keychain.env, ...own, ...more };
  const exported: string[] = [];
  const regent = await createRegent({
    ...{ env, platform: 'linux', programs: dirname(helperScript), logError: () => undefined },
    door: {
      kind: 'terminal',
      confirmTrust: async () => false,
      confirmRevoke: async () => false,
      confirmDeletion: async () => false,
      chooseFile: async () => null,
      chooseDestination: async () => null,
      saveFiles: async () => null,
      handOverSecret: async (text) => void exported.push(text),
      copyText: () => undefined,
      applySettings: () => undefined,
      preferredLanguages: () => [],
    },
  });
  const { accounts } = regent.handlers;
  return {
    ...{ home, env, regent, exported, config: join(home, '.docker', 'config.json') },
    docker: (args, input = '') => engine.docker(args, { env, input }),
    importAll: async () => {
      const ids = (await accounts.found(undefined, call())).map(({ id }) => id);
      return accounts.import({ ids }, call());
    },
    homeText: () =>
      readdirSync(home, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
        .join('\n'),
  };
}
