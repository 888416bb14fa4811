import type { LayerFile } from '../../../shared/model/layer-file.ts';

/** What can differ between two files of the same path. */
export type ChangedPart = 'kind' | 'content' | 'mode' | 'owner' | 'target';

/**
 * What differs between two files of which the registry says that they do. Their content itself is not known here: it has
 * changed where the size has, or where nothing else did.
 */
export function changedParts(left: LayerFile, right: LayerFile): readonly ChangedPart[] {
  if (left.kind !== right.kind) return ['kind'];
  const parts: ChangedPart[] = [];
  if (left.size !== right.size) parts.push('content');
  if (left.mode !== right.mode) parts.push('mode');
  if (left.uid !== right.uid || left.gid !== right.gid) parts.push('owner');
  if (left.target !== right.target) parts.push('target');
  return parts.length === 0 ? ['content'] : parts;
}
