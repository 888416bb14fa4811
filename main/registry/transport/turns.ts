/** Lets so many at a time do something. */
export interface Turns {
  /** Runs it as soon as it is its turn. Rejects without running it when the signal fires before. */
  take<T>(signal: AbortSignal, run: () => Promise<T>): Promise<T>;
}

/** Makes a queue. */
export function createTurns(width: number): Turns {
  let free = width;
  const queue = new Set<() => void>();
  const wait = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const leave = (): void => {
        queue.delete(begin);
        reject(signal.reason);
      };
      const begin = (): void => {
        signal.removeEventListener('abort', leave);
        queue.delete(begin);
        resolve();
      };
      signal.addEventListener('abort', leave, { once: true });
      queue.add(begin);
    });
  return {
    take: async (signal, run) => {
      signal.throwIfAborted();
      if (free > 0) free -= 1;
      else await wait(signal);
      try {
        return await run();
      } finally {
        // The turn goes on to whoever waits longest.
        const [next] = queue;
        if (next) next();
        else free += 1;
      }
    },
  };
}
