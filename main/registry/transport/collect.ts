import { setMaxListeners } from 'node:events';
import type { Dispatcher } from 'undici';
import { watchBody, watchNotes } from './late-answer.ts';

/** An answer with its body. */
export interface Collected {
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  /** Whether that is all of it. */
  readonly isWhole: boolean;
}

/** How much is collected, and how long. */
export interface CollectWish {
  /** Bytes of the body that are taken, by the answer's status. */
  readonly limitFor: (status: number) => number;
  readonly signal: AbortSignal;
}

/**
 * Sends a request and collects the answer. It speaks to undici without the stream that its `request` makes for each
 * body: for many small answers that is half the work. What is longer than the limit is cut, and its connection closed.
 * Rejects with what Node or undici threw, or the reason of the signal.
 */
export function collect(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { limitFor, signal }: CollectWish,
): Promise<Collected> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    let connection: Dispatcher.DispatchController | undefined;
    const cancel = (): void => {
      connection?.abort(signal.reason);
      reject(signal.reason);
    };
    // Many requests share the signal of one operation; the number of listeners is no leak.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', cancel, { once: true });
    const end = (): void => signal.removeEventListener('abort', cancel);

    const pieces: Buffer[] = [];
    let head: { readonly status: number; readonly rawHeaders: readonly string[] } | undefined;
    let [length, limit] = [0, 0];
    const checkNote = watchNotes(options);
    let checkBody = (): void => undefined;
    const finish = (isWhole: boolean): void => {
      end();
      const [only] = pieces;
      const whole = pieces.length === 1 && only ? only : Buffer.concat(pieces);
      const body = length > limit ? whole.subarray(0, limit) : whole;
      if (head) resolve({ ...head, body, isWhole });
    };
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: (controller) => {
        connection = controller;
        if (signal.aborted) controller.abort(signal.reason);
      },
      onResponseStart: ({ rawHeaders }, status) => {
        // Notes on the way, such as 103, come before the answer itself.
        if (status < 200) return checkNote();
        head = {
          status,
          rawHeaders: ((rawHeaders ?? []) as readonly (Buffer | string)[]).map(String),
        };
        limit = limitFor(status);
        checkBody = watchBody();
      },
      onResponseData: (controller, piece) => {
        pieces.push(piece);
        length += piece.length;
        if (length > limit) {
          finish(false);
          controller.abort(new Error('enough'));
        } else checkBody();
      },
      onResponseEnd: () => finish(true),
      onResponseError: (_, error) => {
        end();
        reject(error);
      },
    };
    dispatcher.dispatch(options, handler);
  });
}
