import { RegentError } from '../../../shared/errors/index.ts';
import { findOnPath } from '../../platform/find-on-path.ts';
import type { RunProcess } from '../../platform/run-process.ts';
import type { Credentials } from '../accounts.ts';
import { helperFailed, runHelperProgram } from './run-helper-program.ts';

/** Docker's credential helpers other than Regent's. Methods throw RegentError `OTHER_HELPER_ABSENT`, `OTHER_HELPER_FAILED`. */
export interface HelperPrograms {
  /** Whether docker would find it. */
  isThere(helper: string): Promise<boolean>;
  /** The keys with their users (empty where it does not tell); no secrets, so nobody is asked for a password. */
  list(helper: string, signal: AbortSignal): Promise<ReadonlyMap<string, string>>;
  /** One login with its secret; the keychain behind it may ask its user first. */
  get(helper: string, key: string, signal: AbortSignal): Promise<Credentials>;
}

/** What they are run with. */
export interface HelperProgramsOptions {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
  readonly run: RunProcess;
  /** The PATH that docker is started with; the one of `env` unless it is told. */
  readonly findPath?: () => Promise<string>;
  /** In milliseconds: 3 seconds for a list, a minute where a person may have to type. */
  readonly deadlines?: { readonly list: number; readonly get: number };
}

const DEADLINES = { list: 3000, get: 60_000 };

/** docker-credential-secretservice 0.9 lists its items by their labels, with which `get` finds nothing. */
const LABEL = 'Registry credentials for ';

/** Makes the way to the helpers: argument arrays, the PATH's own programs, deadlines (docker has none), short answers. */
export function createHelperPrograms(options: HelperProgramsOptions): HelperPrograms {
  const { env, platform, deadlines = DEADLINES } = options;
  const findPath = options.findPath ?? (async () => env.PATH ?? '');
  const find = async (helper: string) => {
    // docker runs names only; with anything else in them they would be paths.
    if (!/^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(helper)) return undefined;
    const name = `docker-credential-${helper}`;
    const file = platform === 'win32' && !/\.exe$/i.test(name) ? `${name}.exe` : name;
    return findOnPath(file, await findPath());
  };
  const call = async (
    helper: string,
    action: 'list' | 'get',
    input: string,
    signal: AbortSignal,
  ): Promise<readonly (readonly [string, unknown])[]> => {
    const program = await find(helper);
    if (program === undefined) throw new RegentError('OTHER_HELPER_ABSENT', { helper });
    const own = { ...env, PATH: await findPath() };
    const deadline = deadlines[action];
    const { run } = options;
    const answer = readObject(
      await runHelperProgram({ helper, program, action, input, env: own, run, deadline, signal }),
    );
    if (!answer) throw helperFailed(helper, 'answer');
    return answer;
  };
  return {
    isThere: async (helper) => (await find(helper)) !== undefined,
    list: async (helper, signal) => {
      const answer = await call(helper, 'list', 'unused', signal);
      return new Map(answer.map(([key, user]) => [withoutLabel(key), textOr(user, '')]));
    },
    get: async (helper, key, signal) => {
      const answer = await call(helper, 'get', key, signal);
      // Go reads names in any case.
      const fields = new Map(answer.map(([name, value]) => [name.toLowerCase(), value]));
      const [username, password] = [fields.get('username'), fields.get('secret')];
      if (!isText(username) || !isText(password)) throw helperFailed(helper, 'answer');
      return { username, password };
    },
  };
}

/** Without the parser's own error: it quotes the text, in which there may be a secret. */
function readObject(text: string): readonly (readonly [string, unknown])[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? Object.entries(value) : undefined;
  } catch {
    return undefined;
  }
}

const withoutLabel = (key: string) => (key.startsWith(LABEL) ? key.slice(LABEL.length) : key);

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';

const textOr = (value: unknown, other: string) => (typeof value === 'string' ? value : other);
