import { type Problem, problem, RegentError } from '../../shared/errors/index.ts';

/** An engine that tries an unreachable registry gives up after about as long by itself. */
const LIMIT_SECONDS = 60;

/**
 * Asks with a limit of a minute. Answers `CONNECTION_TIMEOUT` when that passes.
 * @throws RegentError `CANCELLED` when the caller's signal fires
 */
export async function withinTime<T>(
  address: string,
  signal: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T | { readonly problem: Problem; readonly detail: '' }> {
  const limit = AbortSignal.timeout(LIMIT_SECONDS * 1000);
  try {
    return await ask(signal ? AbortSignal.any([signal, limit]) : limit);
  } catch (error) {
    if (signal?.aborted) throw new RegentError('CANCELLED', { subject: address });
    if (!limit.aborted) throw error;
    const late = problem('CONNECTION_TIMEOUT', { address, seconds: LIMIT_SECONDS });
    return { problem: late, detail: '' };
  }
}
