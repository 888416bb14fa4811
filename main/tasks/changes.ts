/** Tells watchers that something has changed, without saying what. */
export interface Changes {
  /** How many changes there have been. */
  readonly count: number;
  /** Counts one more and wakes everybody who waits. */
  tell(): void;
  /** Waits until there has been another change than the one counted, or the signal fires. */
  after(count: number, signal: AbortSignal): Promise<void>;
}

/** Makes a bell that watchers can wait for. */
export function createChanges(): Changes {
  let count = 0;
  let waiting = new Set<() => void>();
  return {
    get count() {
      return count;
    },
    tell: () => {
      count += 1;
      const woken = waiting;
      waiting = new Set();
      for (const wake of woken) wake();
    },
    after: (known, signal) =>
      new Promise((resolve) => {
        if (known !== count || signal.aborted) {
          resolve();
          return;
        }
        const wake = () => {
          signal.removeEventListener('abort', wake);
          waiting.delete(wake);
          resolve();
        };
        signal.addEventListener('abort', wake);
        waiting.add(wake);
      }),
  };
}
