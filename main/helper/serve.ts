import { RegentError } from '../../shared/errors/regent-error.ts';
import type { Logins } from '../accounts/logins.ts';
import { dockerConfigKey } from '../accounts/server-key.ts';
import { formatJson, formatMap, readServerKey, readStoreRequest } from './wire.ts';

/** What the helper says and how it ends. Everything goes to stdout, as the protocol wants it, errors too. */
export interface Reply {
  readonly status: 0 | 1;
  readonly stdout: string;
}

/** What one call of the helper needs. */
export interface Call {
  /** The program's arguments, without the program. */
  readonly args: readonly string[];
  readonly version: string;
  /** Reads stdin to its end; called only by actions that have one. */
  readonly readInput: () => Promise<string>;
  readonly openLogins: () => Pick<Logins, 'credentialsFor' | 'save' | 'removeInUse' | 'listInUse'>;
}

const USAGE = 'Usage: docker-credential-regent <store|get|erase|list|version>';

/** Texts that clients compare to the letter (docker-credential-helpers: credentials/error.go). */
const NOT_FOUND = 'credentials not found in native keychain';
const NO_SERVER = 'no credentials server URL';
const NO_USERNAME = 'no credentials username';

/**
 * Serves one call of Docker's credential helper protocol.
 * @throws RegentError as the accounts do; `INPUT_INVALID` for what is no request
 */
export async function serveCall(call: Call): Promise<Reply> {
  const [action, ...more] = call.args;
  if (action === undefined || more.length > 0) return failed(USAGE);
  switch (action) {
    case 'get':
      return get(readServerKey(await call.readInput()), call.openLogins);
    case 'store':
      return store(await call.readInput(), call.openLogins);
    case 'erase':
      return erase(readServerKey(await call.readInput()), call.openLogins);
    case 'list':
      return list(call.openLogins());
    case 'version':
    case '--version':
    case '-v':
      return done(`docker-credential-regent (regent) v${call.version}\n`);
    case '--help':
    case '-h':
      return done(`${USAGE}\n`);
    default:
      // Word for word, but for what could steer a terminal.
      return failed(`Unknown credential action \`${action.replace(/\p{Cc}/gu, '?')}\``);
  }
}

async function get(server: string, openLogins: Call['openLogins']): Promise<Reply> {
  if (server === '') return failed(NO_SERVER);
  const found = await openLogins().credentialsFor(server);
  if (!found || found.password === '') return failed(NOT_FOUND);
  // The key as it was asked for: some clients compare it.
  return done(formatJson({ ServerURL: server, Username: found.username, Secret: found.password }));
}

async function store(input: string, openLogins: Call['openLogins']): Promise<Reply> {
  const request = readStoreRequest(input);
  if (!request) throw new RegentError('INPUT_INVALID', { field: 'stdin' });
  const { serverUrl: address, username, secret } = request;
  if (address === '') return failed(NO_SERVER);
  if (username === '') return failed(NO_USERNAME);
  await openLogins().save({ address, username, secret });
  return done('');
}

async function erase(server: string, openLogins: Call['openLogins']): Promise<Reply> {
  if (server === '') return failed(NO_SERVER);
  await openLogins().removeInUse(server);
  return done('');
}

async function list(logins: ReturnType<Call['openLogins']>): Promise<Reply> {
  const byServer = new Map<string, string>();
  for (const { address, username } of await logins.listInUse()) {
    byServer.set(dockerConfigKey(address) ?? address, username);
  }
  return done(formatMap(byServer));
}

const done = (stdout: string): Reply => ({ status: 0, stdout });
const failed = (line: string): Reply => ({ status: 1, stdout: `${line}\n` });
