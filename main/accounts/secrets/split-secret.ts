import { createHash, randomBytes } from 'node:crypto';
import type { PartsHead } from './secret-parts.ts';

/** Splits a secret into parts of at most `limit` characters of ASCII, under a fresh id. */
export function splitSecret(
  secret: string,
  limit: number,
): { readonly head: PartsHead; readonly parts: readonly string[] } {
  const text = Buffer.from(secret).toString('base64');
  const count = Math.ceil(text.length / limit);
  const parts = Array.from({ length: count }, (_, n) => text.slice(n * limit, (n + 1) * limit));
  return { head: { id: randomBytes(8).toString('hex'), count, sha256: hash(text) }, parts };
}

/** Puts a secret together again; undefined when a part is missing or not of this secret. */
export function joinSecret(head: PartsHead, parts: readonly (string | null)[]): string | undefined {
  const text = parts.join('');
  const isWhole = parts.length === head.count && hash(text) === head.sha256;
  return isWhole ? Buffer.from(text, 'base64').toString() : undefined;
}

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
