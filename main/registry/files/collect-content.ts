import { createHash } from 'node:crypto';
import type { LayerEntry } from './layer-entry.ts';
import type { ContentSink } from './tar/tar-reader.ts';

/**
 * Hashes the content of an entry and keeps its beginning.
 * @param limit how many bytes to keep; null keeps none
 * @param done given the entry with its content, once it has been read
 */
export function collectContent(
  entry: LayerEntry,
  limit: number | null,
  done: (entry: LayerEntry) => void,
): ContentSink {
  const hash = createHash('sha256');
  const kept: Buffer[] = [];
  let room = limit ?? 0;
  return {
    write: (piece) => {
      hash.update(piece);
      if (room === 0) return;
      // A copy, as pieces are only lent.
      const part = Buffer.from(piece.subarray(0, room));
      room -= part.length;
      kept.push(part);
    },
    end: () => {
      const bytes = limit === null ? null : Buffer.concat(kept);
      // One byte a character: strings of hexadecimal digits would take twice the memory.
      const content = { hash: hash.digest('binary'), bytes };
      done({ ...entry, facts: { ...entry.facts, content } });
    },
  };
}
