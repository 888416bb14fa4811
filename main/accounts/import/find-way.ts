import { type Problem, problem } from '../../../shared/errors/index.ts';
import { isRegent } from '../docker-config/config-edit.ts';
import { withoutUser } from '../without-user.ts';
import type { AuthFile } from './auth-files.ts';
import { helperFor } from './find-in-file.ts';
import { type ImportAccounts, isInUse, type TakenLogin } from './keep-login.ts';
import { readAuthFile } from './read-auth-file.ts';
import { registryOf } from './stored-login.ts';

/** Whether the plain text stays, because without it somebody would not find the login, and what else is to be said. */
interface Way {
  readonly stays: boolean;
  readonly problem: Problem | null;
}

/**
 * Sends docker and podman to Regent for a login that was just kept, and says whether they get there.
 * @throws what `route` throws
 */
export async function findWay(
  login: TakenLogin,
  key: string,
  file: AuthFile,
  tools: {
    readonly accounts: ImportAccounts;
    readonly route: (address: string) => Promise<Problem | null>;
  },
): Promise<Way> {
  const { address } = login;
  const { path } = file;
  // The way to Regent would be the way to another account here.
  if (isNamespace(key) && !(await isInUse(tools.accounts, login))) {
    const shown = { address, key: withoutUser(key), place: path };
    return { stays: true, problem: problem('LOGIN_NAMESPACED', shown) };
  }
  const why = await tools.route(registryOf(key));
  const { config } = await readAuthFile(file);
  // An empty helper's name keeps docker with the plain file on purpose.
  const isPlain = config !== null && helperFor(file, config, registryOf(key)) === undefined;
  if (isPlain && why?.code === 'HELPER_ROUTE_TAKEN') return { stays: true, problem: why };
  if (file.isAlone && !isRegent(config?.routes.get(address))) {
    return { stays: true, problem: problem('AUTH_FILE_ALONE', { address, path }) };
  }
  return { stays: false, problem: why };
}

/** `host/team` is for images below that name only; a URL's path says nothing. */
const isNamespace = (key: string) => key.includes('/') && !/^https?:\/\//i.test(key);
