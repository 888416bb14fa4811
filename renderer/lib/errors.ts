import { problemOfCall } from '../../shared/contract/call-problem.ts';
import type { Problem } from '../../shared/errors/index.ts';

/** The problem to show for a query or mutation that may have failed; null when it has not. */
export function problemIn(failure: { readonly error: unknown }): Problem | null {
  return failure.error === null || failure.error === undefined
    ? null
    : problemOfCall(failure.error);
}

export { problemOfCall as problemOf };
