import type { ErrorCode, ErrorDataByCode } from './codes.ts';
import { type Problem, problem } from './problem.ts';

/**
 * The one error that Regent throws on purpose. The words are not in it: a door finds them in the
 * catalogue by the code. `cause` is for the log and never reaches a person.
 */
export class RegentError<C extends ErrorCode = ErrorCode> extends Error {
  override readonly name = 'RegentError';

  constructor(
    readonly code: C,
    readonly data: ErrorDataByCode[C],
    cause?: unknown,
  ) {
    super(code, cause === undefined ? undefined : { cause });
  }

  /** The error as data, for crossing a door. */
  toProblem(): Problem {
    return problem(this.code, this.data);
  }
}

/** Turns a problem back into the error it came from. */
export function errorFromProblem(source: Problem, cause?: unknown): RegentError {
  return new RegentError(source.code, source.data, cause);
}

/** The problem of any thrown value; what was not thrown on purpose becomes `INTERNAL`. */
export function problemOf(thrown: unknown): Problem {
  return thrown instanceof RegentError ? thrown.toProblem() : problem('INTERNAL', {});
}
