import type { Place } from '../place.ts';
import { findFile } from './find-file.ts';
import type { FilesOf } from './image-files.ts';
import { imageLayers, layersAt } from './image-layers.ts';
import type { LayerEntry } from './layer-entry.ts';
import type { ContentSink } from './tar/tar-reader.ts';
import { UnreadableLayer } from './unpack/layer-error.ts';

/** How many bytes may wait for whoever takes them, before reading pauses. */
const HELD = 1024 * 1024;

/**
 * Streams one file of an image, or of one layer, byte for byte and of any size. **It may be trusted only when it ends
 * without an error**: the layer is verified at its end.
 * @throws RegentError as of `findFile`, `imageLayers` and `readBlob`
 */
export async function* imageFileBytes(
  place: Place,
  { digest, layer }: FilesOf,
  path: string,
): AsyncGenerator<Buffer, void, void> {
  const stop = new AbortController();
  const own = { ...place, signal: AbortSignal.any([place.signal, stop.signal]) };
  const hose = createHose();
  try {
    const layers = await imageLayers(own, digest, layer);
    const collect = (entry: LayerEntry, done: (entry: LayerEntry) => void) =>
      hose.sink(() => done(entry));
    const work = findFile({ layers, path, open: layersAt(own), collect, room: hose.room });
    work.then(hose.end, hose.end);
    yield* hose.pieces();
    await work;
  } finally {
    stop.abort();
    hose.end();
  }
}

/** Hands pieces over to whoever reads them, and lets the writer wait when there are many. */
function createHose() {
  let held: Buffer[] = [];
  let bytes = 0;
  let [hasBegun, isOver] = [false, false];
  let wakeReader = (): void => undefined;
  let wakeWriter = (): void => undefined;
  const isFull = () => bytes >= HELD && !isOver;
  return {
    sink: (done: () => void): ContentSink => {
      // What has been handed out can't be taken back, and an archive with the same file twice is none.
      if (hasBegun) throw new UnreadableLayer('damaged');
      hasBegun = true;
      return {
        write: (piece) => {
          held.push(Buffer.from(piece));
          bytes += piece.length;
          wakeReader();
        },
        end: done,
      };
    },
    room: (): Promise<void> | undefined =>
      isFull() ? new Promise((resolve) => (wakeWriter = resolve)) : undefined,
    end: (): void => {
      isOver = true;
      wakeReader();
      wakeWriter();
    },
    pieces: async function* (): AsyncGenerator<Buffer, void, void> {
      while (!isOver || held.length > 0) {
        if (held.length === 0) {
          await new Promise<void>((resolve) => (wakeReader = resolve));
          continue;
        }
        const piece = Buffer.concat(held);
        held = [];
        bytes = 0;
        wakeWriter();
        yield piece;
      }
    },
  };
}
