import { setImmediate as nextTurn } from 'node:timers/promises';
import { inParallel } from '../describe/in-parallel.ts';
import { TooMuch } from './budget.ts';
import type { LayerEntry } from './layer-entry.ts';
import { type LayerReading, type LayerToRead, readLayer } from './read-layer.ts';
import type { ContentSink } from './tar/tar-reader.ts';

/** How many layers are on their way at a time: engines fetch three, too. */
const WIDTH = 3;
/** How many entries that have waited are put at once: everything else waits meanwhile. */
const SLICE = 1000;

/** How the layers of an image are read. */
export interface LayersReading<L extends LayerToRead>
  extends Omit<LayerReading, 'onEntry' | 'open'> {
  readonly open: (layer: L) => AsyncIterable<Uint8Array>;
  /** Given the entries of all layers, the lowest layer first, each with the number of its layer. */
  readonly put: (entry: LayerEntry, layer: number) => void;
  /** Asked whether the content of an entry is wanted; `put` is then called with what `done` is given, or later. */
  readonly collect?: (
    entry: LayerEntry,
    layer: number,
    done: (entry: LayerEntry) => void,
  ) => ContentSink | undefined;
}

/**
 * Reads layers, a few at a time. Entries of a layer whose turn has not come wait in memory.
 * @throws as `readLayer`; nothing is put any more then
 */
export async function readLayers<L extends LayerToRead>(
  layers: readonly L[],
  { open, budget, onBytes, put, collect }: LayersReading<L>,
): Promise<void> {
  const waiting = layers.map((): LayerEntry[] => []);
  const isRead = layers.map(() => false);
  let [turn, isFlushing, isOver] = [0, false, false];
  const onPiece = (bytes: number): void => {
    // Ends a layer that is still being read when another one has failed.
    if (isOver) throw new TooMuch();
    onBytes(bytes);
  };
  const flush = async (): Promise<void> => {
    isFlushing = true;
    for (; turn < layers.length; turn += 1) {
      const entries = waiting[turn] ?? [];
      // More may come meanwhile.
      for (let at = 0; at < entries.length; at += SLICE) {
        for (const entry of entries.slice(at, at + SLICE)) put(entry, turn);
        await nextTurn();
      }
      waiting[turn] = [];
      if (!isRead[turn]) break;
    }
    isFlushing = false;
  };
  const read = async ([index, layer]: [number, L]): Promise<void> => {
    const receive = (entry: LayerEntry): void => {
      if (index === turn && !isFlushing) put(entry, index);
      else waiting[index]?.push(entry);
    };
    const onEntry = (entry: LayerEntry): ContentSink | undefined => {
      const sink = collect?.(entry, index, receive);
      if (!sink) receive(entry);
      return sink;
    };
    await readLayer(layer, { open: () => open(layer), budget, onBytes: onPiece, onEntry });
    isRead[index] = true;
    if (index === turn && !isFlushing) await flush();
  };
  try {
    await inParallel([...layers.entries()], WIDTH, read);
  } finally {
    isOver = true;
  }
}
