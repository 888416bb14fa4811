import { RegentError } from '../../../shared/errors/index.ts';

/** A step of the probe took longer than it may. */
export class StepTimeout extends Error {
  override readonly name = 'StepTimeout';
}

/** The limits of a look at a server. */
export interface Limits {
  /** Fires when the caller gives up. */
  readonly signal: AbortSignal;
  /** How long one step may take, in milliseconds. */
  readonly stepMs: number;
  /** What is cancelled then, for the words. */
  readonly subject: string;
}

/**
 * Runs one step within its limits. The step's own signal fires when the time is up or the caller gives up;
 * the step lets go of what it holds then.
 * @throws StepTimeout, RegentError `CANCELLED`, or what the step threw
 */
export function withinTime<T>(
  limits: Limits,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const step = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const giveUp = (reason: Error) => {
      step.abort(reason);
      reject(reason);
    };
    const cancel = () => giveUp(new RegentError('CANCELLED', { subject: limits.subject }));
    const timer = setTimeout(() => giveUp(new StepTimeout()), limits.stepMs);
    const settle = () => {
      clearTimeout(timer);
      limits.signal.removeEventListener('abort', cancel);
    };
    if (limits.signal.aborted) cancel();
    else limits.signal.addEventListener('abort', cancel);
    run(step.signal).then(resolve, reject).finally(settle);
  });
}
