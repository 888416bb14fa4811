import { hash } from 'node:crypto';
import type { Descriptor } from './manifest.ts';

/**
 * The bytes that a manifest carries itself beside their descriptor (OCI image specification, descriptor.md, `data`), so
 * that nobody need ask for them; undefined unless they are of the digest and size that the descriptor states.
 */
export function inlinedData({ digest, size, source }: Descriptor): Buffer | undefined {
  const { data } = source;
  if (typeof data !== 'string') return undefined;
  const bytes = Buffer.from(data, 'base64');
  if (bytes.length !== size) return undefined;
  const [algorithm = '', hex] = digest.split(':');
  return hash(algorithm, bytes, 'hex') === hex ? bytes : undefined;
}
