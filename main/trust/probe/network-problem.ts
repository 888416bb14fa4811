import { type Problem, problem, RegentError } from '../../../shared/errors/index.ts';
import { StepTimeout } from './within-time.ts';

/**
 * The problem behind an error of the network, or of a proxy on the way. A cancellation is no finding: it is thrown on.
 * @param seconds the limit of a step
 */
export function networkProblem(thrown: unknown, address: string, seconds: number): Problem {
  if (thrown instanceof RegentError) {
    if (thrown.code === 'CANCELLED') throw thrown;
    return thrown.toProblem();
  }
  if (thrown instanceof StepTimeout) return problem('CONNECTION_TIMEOUT', { address, seconds });
  const detail = codeOf(thrown);
  switch (detail) {
    case 'ECONNREFUSED':
      return problem('CONNECTION_REFUSED', { address });
    case 'ETIMEDOUT':
      return problem('CONNECTION_TIMEOUT', { address, seconds });
    default:
      return problem('CONNECTION_FAILED', { address, detail });
  }
}

/** The code of an error of Node's; empty when it has none. */
export function codeOf(thrown: unknown): string {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : '';
  return typeof code === 'string' ? code : '';
}
