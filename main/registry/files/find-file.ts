import { RegentError } from '../../../shared/errors/index.ts';
import { fullBudget, TooMuch } from './budget.ts';
import { fileLimits } from './file-limits.ts';
import type { LayerEntry } from './layer-entry.ts';
import { type Look, lookInLayer, type Sighting } from './look-in-layer.ts';
import type { LayerToRead, OpenLayer } from './read-layer.ts';

/** How many hard links in a row are followed. One is what archives have. */
const LINKS = 8;

/** What to find. */
export interface Search {
  /** The lowest first. */
  readonly layers: readonly LayerToRead[];
  /** From the root; with or without a slash before it. */
  readonly path: string;
  readonly open: OpenLayer;
  readonly collect: Look['collect'];
  readonly room?: Look['room'];
}

/**
 * Finds a file and reads it, from the top layer down and no further than needed. Hard links are followed; symbolic ones
 * are not, neither at the end of the path nor on the way there.
 * @throws RegentError `IMAGE_FILE_NOT_FOUND`, `IMAGE_FILE_OTHER`, `IMAGE_TOO_LARGE`, and as of `readLayer`
 */
export async function findFile({ layers, path, open, collect, room }: Search): Promise<LayerEntry> {
  const budget = fullBudget();
  const look = { open, budget, collect, room };
  try {
    let [wanted, top, links] = [splitPath(path), layers.length - 1, 0];
    while (links <= LINKS) {
      const { sighting, at } = await lookDown(layers.slice(0, top + 1), wanted, look);
      const entry = entryOf(sighting, path);
      if (entry.facts.kind !== 'hard-link') return readable(entry, path);
      [wanted, top, links] = [splitPath(entry.facts.target ?? ''), at, links + 1];
    }
  } catch (error) {
    if (!(error instanceof TooMuch)) throw error;
    const entries = fileLimits.entries - Math.max(0, budget.entries);
    throw new RegentError('IMAGE_TOO_LARGE', { entries }, error);
  }
  throw new RegentError('IMAGE_FILE_NOT_FOUND', { path });
}

async function lookDown(
  layers: readonly LayerToRead[],
  path: readonly string[],
  look: Look,
): Promise<{ readonly sighting: Sighting; readonly at: number }> {
  for (const [at, layer] of [...layers.entries()].reverse()) {
    const sighting = await lookInLayer(layer, path, look);
    if (sighting.kind !== 'absent') return { sighting, at };
  }
  return { sighting: { kind: 'absent' }, at: 0 };
}

function entryOf(sighting: Sighting, path: string): LayerEntry {
  switch (sighting.kind) {
    case 'found':
      return sighting.entry;
    case 'covered':
      throw otherError(sighting.by, sighting.by.path.join('/'));
    case 'removed':
    case 'absent':
      throw new RegentError('IMAGE_FILE_NOT_FOUND', { path });
  }
}

function readable(entry: LayerEntry, path: string): LayerEntry {
  if (entry.facts.kind === 'file' && !entry.isSparse) return entry;
  throw otherError(entry, path);
}

function otherError({ facts: { kind, target } }: LayerEntry, path: string): RegentError {
  return new RegentError('IMAGE_FILE_OTHER', { path, kind, target: target ?? 'none' });
}

/** As paths of layers are split; but this one is text already, as it was listed or typed. */
function splitPath(path: string): readonly string[] {
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '..') names.pop();
    else if (name !== '' && name !== '.') names.push(name);
  }
  return names;
}
