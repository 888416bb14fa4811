import type { LayerEntry } from './layer-entry.ts';
import { type LayerReading, type LayerToRead, readLayer } from './read-layer.ts';
import type { ContentSink } from './tar/tar-reader.ts';
import { whiteoutOf } from './whiteout.ts';

/** What a layer says of a path: has it, hides what lower layers have there (`by`: with what), or says nothing. */
export type Sighting =
  | { readonly kind: 'found'; readonly entry: LayerEntry }
  | { readonly kind: 'removed' }
  | { readonly kind: 'covered'; readonly by: LayerEntry }
  | { readonly kind: 'absent' };

/** How to look. */
export interface Look extends Pick<LayerReading, 'open' | 'budget' | 'room'> {
  /** Takes the content where the path is that of a file; `done` is given the entry then. */
  readonly collect: (entry: LayerEntry, done: (entry: LayerEntry) => void) => ContentSink;
}

/**
 * Looks for a path in one layer, reading all of it, so that what is found is verified.
 * @throws as `readLayer`
 */
export async function lookInLayer(
  layer: LayerToRead,
  path: readonly string[],
  { open, budget, room, collect }: Look,
): Promise<Sighting> {
  let found: LayerEntry | undefined;
  let covering: LayerEntry | undefined;
  let isRemoved = false;
  const see = (entry: LayerEntry): void => {
    found = entry;
  };
  const onEntry = (entry: LayerEntry): ContentSink | undefined => {
    const whiteout = whiteoutOf(entry.path.at(-1) ?? '');
    if (whiteout) {
      const folder = entry.path.slice(0, -1);
      if (whiteout.kind === 'name') isRemoved ||= isWithin(path, [...folder, whiteout.name]);
      else if (whiteout.kind === 'folder') isRemoved ||= isWithin(path, folder);
      return undefined;
    }
    if (!isWithin(path, entry.path)) return undefined;
    if (entry.path.length < path.length) {
      if (entry.facts.kind !== 'folder') covering = entry;
      return undefined;
    }
    see(entry);
    const isReadable = entry.facts.kind === 'file' && !entry.isSparse;
    return isReadable ? collect(entry, see) : undefined;
  };
  await readLayer(layer, { open, budget, onBytes: () => undefined, onEntry, room });
  if (found) return { kind: 'found', entry: found };
  if (covering) return { kind: 'covered', by: covering };
  return { kind: isRemoved ? 'removed' : 'absent' };
}

/** Whether a path is that of a folder, or of something below it. */
function isWithin(path: readonly string[], folder: readonly string[]): boolean {
  return folder.length <= path.length && folder.every((name, at) => name === path[at]);
}
