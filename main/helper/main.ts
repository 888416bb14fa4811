import manifest from '../../package.json' with { type: 'json' };
import { RegentError } from '../../shared/errors/regent-error.ts';
import { createAccounts } from '../accounts/accounts.ts';
import { DeadlinePassed, withDeadline } from '../accounts/deadline.ts';
import { openKeychain } from '../accounts/keychain.ts';
import { systemClock } from '../platform/clock.ts';
import { findPaths } from '../platform/paths.ts';
import { type Reply, serveCall } from './serve.ts';
import { readStdin, writeStdout } from './streams.ts';

/** A client writes its request at once, or never. In milliseconds. */
const INPUT_DEADLINE = 5_000;
/** In all, with an unlock dialog in between. A little more than the keychain's own, whose error says more. */
const CALL_DEADLINE = 30_000;

/** Whether something never came back: a read, or a call of the keychain. */
let hasHung = false;

function openAccounts() {
  const paths = findPaths(process.env, process.platform);
  return createAccounts({ paths, clock: systemClock, keychain: openKeychain() });
}

async function readInput(): Promise<string> {
  try {
    return await withDeadline(readStdin(), INPUT_DEADLINE);
  } catch (error) {
    throw new RegentError('INPUT_INVALID', { field: 'stdin' }, error);
  }
}

async function answer(): Promise<Reply> {
  try {
    const args = process.argv.slice(2);
    const call = serveCall({ args, version: manifest.version, readInput, openAccounts });
    return await withDeadline(call, CALL_DEADLINE);
  } catch (error) {
    const isLate = error instanceof DeadlinePassed;
    hasHung = isLate || (error as Error).cause instanceof DeadlinePassed;
    const told = isLate ? new RegentError('KEYCHAIN_FAILED', { detail: error.code }) : error;
    const { sayProblem } = await import('./say-problem.ts');
    return { status: 1, stdout: `${sayProblem(told, process.env)}\n` };
  }
}

const { status, stdout } = await answer();
await writeStdout(stdout);
// An ordinary exit would wait for the thread that hangs.
if (hasHung) process.kill(process.pid, 'SIGKILL');
process.exit(status);
