import { inParallel } from '../describe/in-parallel.ts';
import { TooMuch } from './budget.ts';
import type { LayerEntry } from './layer-entry.ts';
import { type LayerReading, type LayerToRead, readLayer } from './read-layer.ts';
import type { ContentSink } from './tar/tar-reader.ts';

/** How many layers are on their way at a time: engines fetch three, too. */
const WIDTH = 3;

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
  let [turn, isOver] = [0, false];
  const onPiece = (bytes: number): void => {
    // Ends a layer that is still being read when another one has failed.
    if (isOver) throw new TooMuch();
    onBytes(bytes);
  };
  const flush = (): void => {
    for (; turn < layers.length; turn += 1) {
      for (const entry of waiting[turn]?.splice(0) ?? []) put(entry, turn);
      if (!isRead[turn]) return;
    }
  };
  const read = async ([index, layer]: [number, L]): Promise<void> => {
    const receive = (entry: LayerEntry): void => {
      if (index === turn) put(entry, index);
      else waiting[index]?.push(entry);
    };
    const onEntry = (entry: LayerEntry): ContentSink | undefined => {
      const sink = collect?.(entry, index, receive);
      if (!sink) receive(entry);
      return sink;
    };
    await readLayer(layer, { open: () => open(layer), budget, onBytes: onPiece, onEntry });
    isRead[index] = true;
    if (index === turn) flush();
  };
  try {
    await inParallel([...layers.entries()], WIDTH, read);
  } finally {
    isOver = true;
  }
}
