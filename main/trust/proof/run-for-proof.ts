import { RegentError } from '../../../shared/errors/index.ts';
import type { ProcessResult, RunOptions } from '../../platform/run-process.ts';
import type { ProofTask, ProofTools } from './proof-tools.ts';

/** Programs that try an unreachable registry give up before by themselves, or never. */
export const LIMIT_SECONDS = 60;

/** How a program's end is told, with what it said; `late`: it had to be stopped after a minute. */
export type Ended = ProcessResult & { readonly late: boolean };

/**
 * Runs a program that asks a registry; undefined when it can't be started.
 * @throws RegentError `CANCELLED`
 */
export async function runForProof(
  path: string,
  args: readonly string[],
  { address, signal }: Pick<ProofTask, 'address' | 'signal'>,
  { run, env }: Pick<ProofTools, 'run' | 'env'>,
  options: Pick<RunOptions, 'input' | 'env'> = {},
): Promise<Ended | undefined> {
  const limit = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  const either = signal ? AbortSignal.any([signal, limit]) : limit;
  try {
    const result = await run(path, args, { env, ...options, signal: either });
    return { ...result, late: false };
  } catch (error) {
    if (signal?.aborted) throw new RegentError('CANCELLED', { subject: address });
    if (limit.aborted) return { status: null, stdout: '', stderr: '', late: true };
    if (typeof (error as NodeJS.ErrnoException).errno === 'number') return undefined;
    throw error;
  }
}
