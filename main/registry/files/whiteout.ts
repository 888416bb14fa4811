const PREFIX = '.wh.';
const OPAQUE = '.wh..wh..opq';

/**
 * What a name in a layer does to the layers below (OCI image specification, "Whiteouts"): hides what has a name, or all
 * that is in the folder; null for a name that is just one. `ignored`: what AUFS kept for itself.
 */
export type Whiteout =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'folder' }
  | { readonly kind: 'ignored' };

/** Reads the last name of a path. */
export function whiteoutOf(name: string): Whiteout | null {
  if (!name.startsWith(PREFIX)) return null;
  if (name === OPAQUE) return { kind: 'folder' };
  const hidden = name.slice(PREFIX.length);
  return hidden === '' || hidden.startsWith(PREFIX)
    ? { kind: 'ignored' }
    : { kind: 'name', name: hidden };
}
