import { type ChildProcess, spawn } from 'node:child_process';
import type { Problem } from '../../../../shared/errors/problem.ts';
import { errorFromProblem, RegentError } from '../../../../shared/errors/regent-error.ts';
import { systemClock } from '../../../platform/clock.ts';
import { withDeadline } from '../../../platform/deadline.ts';
import type { ServedAgent } from './serve-agent.ts';
import { type UnlockOrder, unlock } from './unlock.ts';

/**
 * Starts what keeps the logins readable. All throw RegentError `PASSPHRASE_WRONG`, `STATE_INVALID`, `FILE_FAILED` or
 * `UNLOCK_FAILED`.
 */
export interface AgentStarter {
  /** Resolves when it serves. */
  start(order: UnlockOrder): Promise<void>;
  /** Ends what lives in this process. */
  dispose(): Promise<void>;
}

/** What the program says when it serves, or why it does not. */
export type AgentWord = { readonly serves: true } | { readonly problem: Problem };

/** Slow machines need many seconds for a passphrase. */
const START_DEADLINE = 60_000;

/** Serves in this very process, for as long as it lives: the app has no Node to start a program with. */
export function agentHere(): AgentStarter {
  let served: ServedAgent | undefined;
  return {
    start: async (order) => {
      served = await unlock(order, systemClock);
    },
    dispose: async () => {
      served?.stop();
      await served?.ended;
    },
  };
}

/**
 * Starts a program of its own, which outlives this process. The passphrase goes through a pipe.
 * @param node absolute @param script the built agent
 */
export function agentProgram(node: string, script: string): AgentStarter {
  return {
    start: async (order) => {
      const word = await run(node, script, order);
      if ('problem' in word) throw errorFromProblem(word.problem);
    },
    dispose: async () => undefined,
  };
}

async function run(node: string, script: string, order: UnlockOrder): Promise<AgentWord> {
  // Nothing of this process's environment: what it needs to know is in the order.
  const child = spawn(node, ['--expose-gc', script], {
    ...{ cwd: '/', env: {}, detached: true, stdio: ['pipe', 'pipe', 'ignore'] },
  });
  try {
    child.stdin.on('error', () => undefined);
    child.stdin.end(JSON.stringify(order));
    const word = await withDeadline(firstLine(child), START_DEADLINE);
    child.unref();
    return JSON.parse(word) as AgentWord;
  } catch (error) {
    child.kill();
    const { code, message } = error as NodeJS.ErrnoException;
    throw new RegentError('UNLOCK_FAILED', { detail: code ?? message }, error);
  } finally {
    child.stdout.destroy();
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      said += chunk;
      if (said.endsWith('\n')) resolve(said);
    });
    child.once('error', reject);
    child.once('close', (status) => reject(new Error(`status ${status}`)));
  });
}
