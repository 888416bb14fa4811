import { setMaxListeners } from 'node:events';

/**
 * Runs something for each item, a few at a time, the items in their order. The first failure ends the others through
 * their signal; when this returns or rejects, nothing of it is under way any more.
 */
export async function together<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  run: (item: T, signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const stop = new AbortController();
  // Each request listens to it.
  setMaxListeners(0, stop.signal);
  const abort = (): void => stop.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  const failures: unknown[] = [];
  const queue = items.values();
  const work = async (): Promise<void> => {
    for (const item of queue) {
      if (stop.signal.aborted) return;
      await run(item, stop.signal).catch((error: unknown) => {
        failures.push(error);
        stop.abort(error);
      });
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  } finally {
    signal.removeEventListener('abort', abort);
  }
  signal.throwIfAborted();
  if (failures.length > 0) throw failures[0];
}
