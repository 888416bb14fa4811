/** A platform as image indexes and image configs state it. */
export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string | null;
}

const WORD = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Variants that say nothing beyond their architecture (containerd, platforms.Normalize). */
const EMPTY_VARIANTS: ReadonlySet<string> = new Set(['arm64/v8', 'amd64/v1']);

/**
 * Reads a platform out of data from a registry. Undefined when it states none; `unknown/unknown` is how
 * BuildKit marks attestations, which are no platform either.
 */
export function readPlatform(value: unknown): Platform | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { os, architecture, variant } = value as Readonly<Record<string, unknown>>;
  if (!isWord(os) || !isWord(architecture)) return undefined;
  if (os === 'unknown' && architecture === 'unknown') return undefined;
  const isPlain = !isWord(variant) || EMPTY_VARIANTS.has(`${architecture}/${variant}`);
  return { os, architecture, variant: isPlain ? null : variant };
}

/** Writes a platform as `os/architecture[/variant]`, the form of `--platform`. */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, ...(variant === null ? [] : [variant])].join('/');
}

function isWord(value: unknown): value is string {
  return typeof value === 'string' && WORD.test(value);
}
