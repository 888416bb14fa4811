import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { FoundLogin, ImportedLogin, LoginOrigin } from '../../../shared/model/found-login.ts';
import { compareNaturally } from '../../../shared/model/natural-sort.ts';
import type { Paths } from '../../platform/paths.ts';
import { createHelperPrograms, type HelperProgramsOptions } from '../programs/helper-programs.ts';
import { serverKey } from '../server-key.ts';
import { withoutUser } from '../without-user.ts';
import { authFiles } from './auth-files.ts';
import { findInFile } from './find-in-file.ts';
import { findInHelpers } from './find-in-helpers.ts';
import type { ImportAccounts } from './keep-login.ts';
import type { LoginImport } from './login-import.ts';
import { type AuthFileReading, readAuthFile } from './read-auth-file.ts';
import { placeOf, type StoredLogin } from './stored-login.ts';
import { takeLogin } from './take-login.ts';

/** What the import works with. */
export interface LoginImportOptions extends HelperProgramsOptions {
  readonly paths: Pick<Paths, 'data' | 'home' | 'dockerConfig'>;
  readonly uid: number | undefined;
  readonly accounts: ImportAccounts;
  /**
   * Has docker ask Regent for a registry where the helper is installed; says `HELPER_NEEDED` where it is not, or what
   * else keeps docker from Regent. What it throws keeps the plain text where it is.
   */
  readonly route: (address: string) => Promise<Problem | null>;
}

/** Makes the import. */
export function createLoginImport(options: LoginImportOptions): LoginImport {
  const { paths, env, platform, uid, accounts, route } = options;
  const programs = createHelperPrograms(options);
  const readFiles = async (): Promise<readonly AuthFileReading[]> =>
    Promise.all((await authFiles({ ...paths, env, uid })).map(readAuthFile));
  const withHelpers = async (readings: readonly AuthFileReading[], signal: AbortSignal) => [
    ...readings.flatMap(findInFile),
    ...(await findInHelpers(readings, programs, platform, signal)),
  ];
  return {
    find: async (signal) => {
      const found = await withHelpers(await readFiles(), signal);
      const known = await knownLogins(accounts);
      return found.sort(compareLogins).map((login): FoundLogin => {
        const isKnown = login.username !== null && known.has(nameOf(login.address, login.username));
        return { ...login, key: withoutUser(login.key), isKnown };
      });
    },
    take: async (ids, signal) => {
      const readings = await readFiles();
      const inFiles = readings.flatMap(findInFile);
      const idsInFiles = new Set(inFiles.map(({ id }) => id));
      const isInFiles = ids.every((id) => idsInFiles.has(id));
      const logins = isInFiles ? inFiles : await withHelpers(readings, signal);
      const found = new Map(logins.map((login) => [login.id, login]));
      const tools = { accounts, programs, dataFolder: paths.data, route: once(route) };
      const results: ImportedLogin[] = [];
      for (const id of ids) {
        signal.throwIfAborted();
        const login = found.get(id);
        const place = login && placeOf(login.origin);
        const reading = readings.find((one) => one.file.path === place);
        results.push(login ? await takeLogin(login, reading, tools, signal) : gone(id));
      }
      return results;
    },
  };
}

/** Several logins of one registry need one way. */
function once(route: LoginImportOptions['route']): LoginImportOptions['route'] {
  const asked = new Map<string, Promise<Problem | null>>();
  return (address) => {
    const answer = asked.get(address) ?? route(address);
    asked.set(address, answer);
    return answer;
  };
}

async function knownLogins(accounts: ImportAccounts): Promise<ReadonlySet<string>> {
  // Docker's own tokens are only among those in use.
  const known = [...(await accounts.list()), ...(await accounts.listInUse())];
  return new Set(known.map(({ address, username }) => nameOf(address, username)));
}

const nameOf = (address: string, username: string) =>
  JSON.stringify([serverKey(address), username]);

const gone = (id: string): ImportedLogin => ({
  ...{ id, address: '', username: null, imported: false, plaintextRemoved: false },
  problem: problem('LOGIN_GONE', {}),
});

const ORIGINS: Readonly<Record<LoginOrigin['kind'], number>> = {
  'docker-config': 0,
  'podman-auth': 1,
  'docker-helper': 2,
};

/** By registry; within one, docker's own file first, and there the key that docker would look at first. */
function compareLogins(one: StoredLogin, other: StoredLogin): number {
  const isExact = (login: StoredLogin) => Number(login.key !== login.address);
  return (
    compareNaturally(one.address, other.address) ||
    ORIGINS[one.origin.kind] - ORIGINS[other.origin.kind] ||
    compareNaturally(placeOf(one.origin), placeOf(other.origin)) ||
    isExact(one) - isExact(other) ||
    compareNaturally(one.key, other.key)
  );
}
