import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { UnreadableLayer } from './layer-error.ts';

/**
 * Pieces as one of zlib's streams gives them out; its work is done by threads of Node's own.
 * @throws UnreadableLayer for what zlib refuses, and whatever `pieces` throws
 */
export async function* passThrough(
  pieces: AsyncIterable<Buffer>,
  unpacker: Duplex,
): AsyncGenerator<Buffer, void, void> {
  // What fails it also ends the stream below, with the same error.
  const fed = pipeline(pieces, unpacker).catch(() => undefined);
  try {
    for await (const piece of unpacker) yield piece as Buffer;
  } catch (error) {
    throw isOfZlib(error) ? new UnreadableLayer('damaged', error) : error;
  } finally {
    unpacker.destroy();
    await fed;
  }
}

function isOfZlib(error: unknown): boolean {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^(Z_|ZSTD_|ERR_ZLIB)/.test(code);
}
