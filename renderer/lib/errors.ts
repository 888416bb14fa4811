import { problemOfCall } from '../../shared/contract/call-problem.ts';
import type { Problem } from '../../shared/errors/index.ts';

/** The problem to show for a query or mutation that may have failed; null when it has not. */
export function problemIn(failure: { readonly error: unknown }): Problem | null {
  return failure.error === null || failure.error === undefined
    ? null
    : problemOfCall(failure.error);
}

/** The registry that a problem names; undefined for one that names none. */
export function addressIn({ data }: Problem): string | undefined {
  return 'address' in data ? data.address : undefined;
}

/** The problem of work that did not begin; null where the person has dismissed the system's dialog, and so knows it. */
export function problemUnlessDismissed(error: unknown): Problem | null {
  const problem = problemOfCall(error);
  return problem.code === 'CANCELLED' ? null : problem;
}

export { problemOfCall as problemOf };
