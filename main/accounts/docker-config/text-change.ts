import { createHash } from 'node:crypto';
import * as z from 'zod';

/**
 * One change of a file, kept so that it can be taken back byte for byte while nobody else changes the file. It holds
 * only what was put in and what gave way in that one place (white space, the name of a registry or a helper), never
 * anything else of the file, which may have other people's passwords in it: so every edit is a change of its own.
 */
export const textChangeSchema = z
  .object({
    /** SHA-256 of the file before; null when there was no file. */
    before: z.string().nullable(),
    /** SHA-256 of the file after. */
    after: z.string(),
    at: z.number().int().nonnegative(),
    removed: z.string(),
    inserted: z.string(),
  })
  .readonly();

export type TextChange = z.infer<typeof textChangeSchema>;

/** The change that leads from one text to the other, as one place; `before` null when there was no file. */
export function changeBetween(before: string | null, after: string): TextChange {
  const old = before ?? '';
  const most = Math.min(old.length, after.length);
  let at = 0;
  while (at < most && old[at] === after[at]) at += 1;
  let tail = 0;
  while (tail < most - at && old.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  return {
    before: before === null ? null : hashText(before),
    after: hashText(after),
    at,
    removed: old.slice(at, old.length - tail),
    inserted: after.slice(at, after.length - tail),
  };
}

/**
 * Takes changes back, the last first, as far as the text is what they left; answers the text then, null for no file.
 * A change that was noted but never made is passed over.
 */
export function takeBack(text: string, changes: readonly TextChange[]): string | null {
  let current = text;
  for (const change of changes.toReversed()) {
    const hash = hashText(current);
    if (hash === change.after) {
      if (change.before === null) return null;
      const end = change.at + change.inserted.length;
      current = current.slice(0, change.at) + change.removed + current.slice(end);
    } else if (hash !== change.before) {
      return current;
    }
  }
  return current;
}

/** SHA-256 of a text in UTF-8, in hex. */
export function hashText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
