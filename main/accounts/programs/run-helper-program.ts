import { RegentError } from '../../../shared/errors/index.ts';
import { plainText } from '../../../shared/model/plain-text.ts';
import { DeadlinePassed, withDeadline } from '../../platform/deadline.ts';
import type { ProcessResult, RunProcess } from '../../platform/run-process.ts';

/** One call of a helper. */
interface HelperCall {
  /** As docker's settings name it: `docker-credential-` + this. */
  readonly helper: string;
  /** Path of the program. */
  readonly program: string;
  readonly action: 'list' | 'get' | 'version';
  readonly input?: string;
  readonly env: NodeJS.ProcessEnv;
  readonly run: RunProcess;
  /** In milliseconds; docker has no such limit. */
  readonly deadline: number;
  readonly signal?: AbortSignal;
  /** What of a failed call's output is told to people; docker's helpers tell on their standard output why they fail. */
  readonly wordsOf?: (result: ProcessResult) => string;
}

/**
 * Runs a helper as docker does, and answers what it printed.
 * @throws RegentError `OTHER_HELPER_FAILED`; the signal's reason
 */
export async function runHelperProgram(call: HelperCall): Promise<string> {
  const { helper, program, action, input, env, run, deadline, signal } = call;
  const late = AbortSignal.timeout(deadline);
  const ended = signal ? AbortSignal.any([signal, late]) : late;
  try {
    const options = { env, signal: ended, ...(input === undefined ? {} : { input }) };
    const result = await withDeadline(run(program, [action], options), deadline);
    if (result.status === 0) return result.stdout;
    const words = call.wordsOf?.(result) ?? result.stdout;
    throw helperFailed(helper, plainText(words, 300) || `exit ${result.status}`);
  } catch (error) {
    if (error instanceof RegentError) throw error;
    signal?.throwIfAborted();
    const isLate = error instanceof DeadlinePassed || late.aborted;
    const code = String((error as NodeJS.ErrnoException).code ?? '');
    throw helperFailed(helper, isLate ? 'timeout' : code);
  }
}

/** That a helper failed; `detail`: its own words, or what the system says. */
export function helperFailed(helper: string, detail: string): RegentError {
  return new RegentError('OTHER_HELPER_FAILED', { helper, detail });
}
