import type { LayerFile } from '../../../shared/model/layer-file.ts';
import { fileLimits } from './file-limits.ts';
import { cleanName, splitLayerPath } from './layer-path.ts';
import type { TarEntry } from './tar/tar-reader.ts';

/** An entry of a layer as it is kept in memory, in numbers and short names: images have hundreds of thousands. */
export interface EntryFacts {
  readonly kind: LayerFile['kind'];
  /** Bytes, unpacked. */
  readonly size: number;
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Seconds since 1970. */
  readonly modified: number;
  /** Where a link leads to; of a hard link, from the root. */
  readonly target: string | null;
  /** Of the content, where somebody wanted it: its SHA-256, and the bytes. */
  readonly content: { readonly hash: string; readonly bytes: Buffer | null } | null;
}

/** An entry with its place in the image, as `splitLayerPath` gives it. */
export interface LayerEntry {
  readonly path: readonly string[];
  readonly facts: EntryFacts;
  /** Whether holes are left out of its content. */
  readonly isSparse: boolean;
}

/** Of a folder that no layer lists, as engines make it. */
export const UNLISTED: EntryFacts = {
  ...{ kind: 'folder', size: 0, mode: 0o755, uid: 0, gid: 0 },
  ...{ modified: Number.NaN, target: null, content: null },
};

/** What a layer says of its entry; undefined for what can't be anywhere in an image. */
export function layerEntryOf(entry: TarEntry): LayerEntry | undefined {
  const path = splitLayerPath(entry.name);
  const target = targetOf(entry);
  if (!path || path.length === 0 || target === undefined) return undefined;
  const { kind, size, mode, uid, gid, modified, isSparse } = entry;
  const facts = { kind, size, mode, uid, gid, modified, target, content: null };
  return { path, facts, isSparse };
}

function targetOf({ kind, linkName }: TarEntry): string | null | undefined {
  switch (kind) {
    case 'link':
      return linkName.length > fileLimits.path ? undefined : cleanName(linkName);
    case 'hard-link':
      return splitLayerPath(linkName)?.join('/');
    default:
      return null;
  }
}

/** As the contract tells it. */
export function layerFileOf(
  path: string,
  { kind, size, mode, uid, gid, modified, target }: EntryFacts,
  layer: string,
): LayerFile {
  return { path, kind, size, mode, uid, gid, modified: isoTime(modified), target, layer };
}

/** What no calendar has is no time. */
function isoTime(seconds: number): string | null {
  const time = new Date(seconds * 1000);
  return Number.isNaN(time.getTime()) ? null : time.toISOString();
}
