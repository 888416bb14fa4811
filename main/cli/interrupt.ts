import { setMaxListeners } from 'node:events';

/** What Ctrl-C does: the first one asks everything to stop, a second one ends the process at once. */
export interface Interruption {
  readonly signal: AbortSignal;
  interrupt(): void;
}

/** The reason of an abort when nobody reads the output any more; then there is nobody to be told either. */
export const readerGone = Symbol('reader gone');

/** The shell's way to say "ended by signal 2". */
const ENDED_BY_SIGINT = 130;

/** Listens for Ctrl-C, for the end of the terminal, and for a reader that has gone (`regent ls … | head`). */
export function listenForInterruption(target: NodeJS.Process): Interruption {
  const controller = new AbortController();
  // Every request of a command listens to it, many at a time.
  setMaxListeners(0, controller.signal);
  const interrupt = () => {
    if (controller.signal.aborted) target.exit(ENDED_BY_SIGINT);
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) target.on(name, interrupt);
  for (const stream of [target.stdout, target.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error;
      controller.abort(readerGone);
    });
  }
  return { signal: controller.signal, interrupt };
}
