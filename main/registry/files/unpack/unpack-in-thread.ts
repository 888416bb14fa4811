import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { UnreadableLayer } from './layer-error.ts';
import type { ZstdPiece } from './zstd-frames.ts';

/** What the thread answers. */
type Answer = { readonly pieces: readonly Uint8Array<ArrayBuffer>[] } | { readonly error: unknown };

/** How many steps the thread takes at once: a few bytes may stand for a block of 128 KiB. */
const BATCH = 8;

/**
 * Unpacks zstd by script where Node has no means of its own, in another thread, so that nothing waits for it. While one
 * batch is unpacked the next one arrives, and no more of either is held. The thread ends with the reading.
 * @throws UnreadableLayer for what is damaged, and whatever `steps` throws
 */
export async function* unpackInThread(
  steps: AsyncIterable<ZstdPiece>,
): AsyncGenerator<Buffer, void, void> {
  let thread: Worker | undefined;
  let work: Promise<readonly Buffer[]> | undefined;
  try {
    for await (const batch of inBatches(steps)) {
      const ready = (await work) ?? [];
      thread ??= startThread();
      work = unpackBy(thread, batch);
      // It is waited for below, unless nobody reads on.
      work.catch(() => undefined);
      yield* ready;
    }
    yield* (await work) ?? [];
  } finally {
    await thread?.terminate();
  }
}

/** The bundles have it beside them, too. The options of this process are not for it. */
function startThread(): Worker {
  return new Worker(new URL('./zstd-worker.mjs', import.meta.url), { execArgv: [] });
}

async function* inBatches(
  steps: AsyncIterable<ZstdPiece>,
): AsyncGenerator<readonly ZstdPiece[], void, void> {
  let batch: ZstdPiece[] = [];
  for await (const step of steps) {
    batch.push(step);
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function unpackBy(thread: Worker, batch: readonly ZstdPiece[]): Promise<readonly Buffer[]> {
  const steps = batch.map((piece) => ({
    // A copy, which is handed over: the buffer of the original has other things in it, too.
    bytes: new Uint8Array(piece.bytes),
    begins: piece.kind === 'frame',
    ends: piece.kind === 'block' && piece.isLast,
  }));
  thread.postMessage(
    steps,
    steps.map(({ bytes }) => bytes.buffer),
  );
  const [answer] = (await once(thread, 'message')) as [Answer];
  if ('error' in answer) throw new UnreadableLayer('damaged', answer.error);
  return answer.pieces.map(({ buffer }) => Buffer.from(buffer));
}
