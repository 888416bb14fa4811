import { useState } from 'react';
import type { Problem } from '../../shared/errors/index.ts';
import { problemOf } from './errors.ts';

/** A call that carries a secret to the main process, and how it stands. */
export interface PrivateCall {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Answers null when the call failed. */
  readonly run: <T>(call: () => Promise<T>) => Promise<T | null>;
}

/**
 * Runs calls that carry a secret. On purpose no mutation of the query library: its cache would keep the call's
 * input, and with it the secret, for as long as the screen is open.
 */
export function usePrivateCall(): PrivateCall {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async <T>(call: () => Promise<T>): Promise<T | null> => {
    setBusy(true);
    setProblem(null);
    try {
      return await call();
    } catch (error) {
      setProblem(problemOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run };
}
