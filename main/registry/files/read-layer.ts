import type { Layer } from '../../../shared/model/image-details.ts';
import { type Budget, spend } from './budget.ts';
import { type LayerEntry, layerEntryOf } from './layer-entry.ts';
import { TarError } from './tar/tar-header.ts';
import { type ContentSink, createTarReader } from './tar/tar-reader.ts';
import { UnreadableLayer, withLayer } from './unpack/layer-error.ts';
import { unpackWithin } from './unpack-within.ts';

/** What has to be known of a layer to read it. */
export type LayerToRead = Pick<Layer, 'digest' | 'size' | 'mediaType'>;

/** Begins to read a layer as it is stored. What it gives may be trusted once it has ended without an error. */
export type OpenLayer = (layer: LayerToRead) => AsyncIterable<Uint8Array>;

/** What each name takes in memory besides its characters: most are short, and each has its place in a list. */
const NAME = 32;

/** How a layer is read. */
export interface LayerReading {
  readonly open: OpenLayer;
  readonly budget: Budget;
  /** Told how many more bytes of the stored layer have come. */
  readonly onBytes: (bytes: number) => void;
  /** Told of each entry; gives what its content is for, if it is for anything. */
  readonly onEntry: (entry: LayerEntry) => ContentSink | undefined;
  /** Asked between pieces; reading goes on once what it gives is done. */
  readonly room?: (() => Promise<void> | undefined) | undefined;
}

/**
 * Reads a layer from its first byte to its last, unpacking it on the way; nothing is kept of it. Entries may be trusted
 * only when this is done.
 * @throws RegentError `LAYER_UNREADABLE`, and whatever opening it throws
 * @throws TooMuch
 */
export async function readLayer(layer: LayerToRead, reading: LayerReading): Promise<void> {
  const { budget, onEntry } = reading;
  let entries = 0;
  const reader = createTarReader((entry) => {
    entries += 1;
    spend(budget, 'entries', 1);
    const found = layerEntryOf(entry);
    if (!found) return undefined;
    spend(budget, 'names', lengthOf(found));
    return onEntry(found);
  });
  try {
    if (layer.mediaType.includes('+encrypted')) throw new UnreadableLayer('encrypted');
    for await (const piece of unpackWithin(budget, reading.open(layer), reading.onBytes)) {
      reader.write(piece);
      await reading.room?.();
    }
    reader.end();
  } catch (error) {
    const isTar = error instanceof TarError;
    const reason = entries === 0 ? 'noArchive' : 'damaged';
    throw withLayer(isTar ? new UnreadableLayer(reason, error) : error, layer.digest);
  }
}

function lengthOf({ path, facts }: LayerEntry): number {
  return path.reduce((sum, name) => sum + name.length + NAME, facts.target?.length ?? 0);
}
