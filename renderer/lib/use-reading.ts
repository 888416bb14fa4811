import { useCallback, useLayoutEffect, useRef, useState } from 'react';
import type { Problem } from '../../shared/errors/index.ts';
import { problemOf } from './errors.ts';
import { followStream } from './follow-stream.ts';

/** How far reading something large has come. Bytes are compressed ones. */
export type Reading<T> =
  | { readonly state: 'idle' }
  | { readonly state: 'reading'; readonly done: number; readonly total: number }
  | { readonly state: 'done'; readonly result: T }
  | { readonly state: 'failed'; readonly problem: Problem };

/** An event of reading: how far it is, or some of what is read. */
type ReadingEvent =
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'files' | 'packages' | 'limit' };

/** A stream to read to its end, and what becomes of it. */
interface ReadingSource<E extends ReadingEvent, T> {
  readonly open: (signal: AbortSignal) => Promise<AsyncIterable<E>>;
  /** Takes each event; that of progress is shown already. */
  readonly receive: (event: E) => void;
  /** All that was received, when it is all. */
  readonly result: () => T;
}

/**
 * Reads something large when it is told to, until it is done or cancelled, or the screen is left. `of` says what is read:
 * where it is something else, what was read is forgotten.
 */
export function useReading<T>(of: string) {
  const [reading, setReading] = useState<Reading<T>>({ state: 'idle' });
  const stop = useRef<AbortController>(null);
  const cancel = useCallback((): void => {
    stop.current?.abort();
    setReading({ state: 'idle' });
  }, []);
  const read = useCallback(
    async <E extends ReadingEvent>({ open, receive, result }: ReadingSource<E, T>) => {
      stop.current?.abort();
      const mine = new AbortController();
      const { signal } = mine;
      stop.current = mine;
      setReading({ state: 'reading', done: 0, total: 0 });
      try {
        await followStream(open, signal, (event) => {
          const step: ReadingEvent = event;
          if (step.type === 'progress') {
            setReading({ state: 'reading', done: step.done, total: step.total });
          }
          receive(event);
        });
        if (!signal.aborted) setReading({ state: 'done', result: result() });
      } catch (error) {
        if (!signal.aborted) setReading({ state: 'failed', problem: problemOf(error) });
      }
    },
    [],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: nothing of one is shown for another
  useLayoutEffect(() => cancel, [of, cancel]);
  return { reading, read, cancel };
}
