/**
 * A digest as a tag: `sha256-<hex>`, with or without an ending such as `.sig`. Registries without the referrers API keep
 * the list of referrers under it (OCI distribution specification 1.1, "Referrers Tag Schema"), and cosign what it attaches.
 */
const ATTACHED = /^(sha256-[0-9a-f]{64}|sha512-[0-9a-f]{128})(?:\.[a-zA-Z0-9._-]+)?$/;

/** The digest that such a tag is about; undefined for every other tag. */
export function subjectOfTag(name: string): string | undefined {
  return ATTACHED.exec(name)?.[1]?.replace('-', ':');
}

/** Whether a tag holds what is attached to an image (signatures, SBOMs, attestations) and is none that people pull. */
export function isAttachedTag(name: string): boolean {
  return ATTACHED.test(name);
}
