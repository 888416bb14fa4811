import manifest from '../../package.json' with { type: 'json' };
import { RegentError } from '../../shared/errors/regent-error.ts';
import { createLogins, type Logins } from '../accounts/logins.ts';
import { type KeychainOptions, openKeychain } from '../accounts/secrets/keychain.ts';
import { openSecretStore } from '../accounts/secrets/open-secret-store.ts';
import { systemClock } from '../platform/clock.ts';
import { DeadlinePassed, withDeadline } from '../platform/deadline.ts';
import { findPaths } from '../platform/paths.ts';
import { readNow } from './read-now.ts';
import { type Reply, serveCall } from './serve.ts';
import { readStdin, writeStdout } from './streams.ts';

/** Docker writes its request at once; a script may first ask somebody for it. In seconds. */
const INPUT_SECONDS = 25;
/** In all, in milliseconds: the input, and then a little more than the keychain's own, whose error says more. */
const CALL_DEADLINE = (INPUT_SECONDS + 30) * 1000;

/** What the two builds of the helper differ in. */
type Build = Partial<Pick<KeychainOptions, 'loadVault'>>;

/** Serves the one call that this process was started for, and ends the process; never returns. */
export async function runHelper(build: Build = {}): Promise<never> {
  const { reply, hasHung } = await answer(build);
  await writeStdout(reply.stdout);
  // Bun just goes. Node would wait for the thread that hangs, so the launcher makes this an ordinary failure.
  if (hasHung && process.versions.bun === undefined) process.kill(process.pid, 'SIGKILL');
  process.exit(reply.status);
}

/** `hasHung`: something never came back, a read or a call of the keychain. */
async function answer(build: Build): Promise<{ readonly reply: Reply; readonly hasHung: boolean }> {
  let opened: Logins | undefined;
  const openLogins = () => {
    opened ??= openOnce(build);
    return opened;
  };
  const readInput = () => {
    const input = readInTime();
    try {
      // Who has input wants a secret: the keychain's module is loaded while the input is on its way.
      openLogins().prepare();
    } catch {
      // It is said where the logins are used.
    }
    return input;
  };
  try {
    const args = process.argv.slice(2);
    const call = serveCall({ args, version: manifest.version, readInput, openLogins });
    return { reply: await withDeadline(call, CALL_DEADLINE), hasHung: false };
  } catch (error) {
    const isLate = error instanceof DeadlinePassed;
    const hasHung = isLate || (error as Error).cause instanceof DeadlinePassed;
    const told = isLate ? new RegentError('KEYCHAIN_SILENT', {}) : error;
    const { sayProblem } = await import('./say-problem.ts');
    return { reply: { status: 1, stdout: `${sayProblem(told, process.env)}\n` }, hasHung };
  }
}

function openOnce(build: Build): Logins {
  const { env, platform } = process;
  const paths = findPaths(env, platform);
  const store = { env, data: paths.data, keychain: openKeychain(build), read: readNow };
  const keychain = openSecretStore(store);
  return createLogins({ paths, clock: systemClock, keychain, read: readNow });
}

async function readInTime(): Promise<string> {
  try {
    return await withDeadline(readStdin(), INPUT_SECONDS * 1000);
  } catch (error) {
    throw error instanceof DeadlinePassed
      ? new RegentError('INPUT_LATE', { seconds: INPUT_SECONDS }, error)
      : new RegentError('INPUT_INVALID', { field: 'stdin' }, error);
  }
}
