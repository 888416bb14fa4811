import type { Changes } from './changes.ts';

/** At most 10 snapshots a second: more can't be read, and would flood the window. */
const PAUSE_MS = 100;

/**
 * Yields a snapshot at once and then after changes, many changes in one, and always one that holds the last
 * change. Ends when the signal fires.
 */
export async function* watchChanges<T>(
  changes: Changes,
  snapshot: () => T,
  signal: AbortSignal,
): AsyncGenerator<T, void, void> {
  while (!signal.aborted) {
    const seen = changes.count;
    yield snapshot();
    await pause(signal);
    await changes.after(seen, signal);
  }
}

function pause(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve();
      return;
    }
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', end);
      resolve();
    };
    const timer = setTimeout(end, PAUSE_MS);
    signal.addEventListener('abort', end);
  });
}
