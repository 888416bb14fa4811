import { UnreadableLayer } from './layer-error.ts';

/** Hands out the bytes of a stream in the lengths that are asked for. */
export interface ByteReader {
  /** Whether there is nothing more. */
  isAtEnd(): Promise<boolean>;
  /** So many bytes. @throws UnreadableLayer `damaged` when there are fewer */
  take(length: number): Promise<Buffer>;
  /** Leaves so many bytes out. @throws as `take` */
  skip(length: number): Promise<void>;
}

/** Makes a reader. It holds one piece, and what `take` has been asked for. */
export function createByteReader(pieces: AsyncIterable<Buffer>): ByteReader {
  const source = pieces[Symbol.asyncIterator]();
  let piece: Buffer = Buffer.alloc(0);
  const fill = async (): Promise<boolean> => {
    while (piece.length === 0) {
      const { done, value } = await source.next();
      if (done === true) return false;
      piece = value;
    }
    return true;
  };
  /** Up to so many bytes, at least one. */
  const some = async (length: number): Promise<Buffer> => {
    if (!(await fill())) throw new UnreadableLayer('damaged');
    const part = piece.subarray(0, length);
    piece = piece.subarray(part.length);
    return part;
  };
  return {
    isAtEnd: async () => !(await fill()),
    take: async (length) => {
      if (length > 0 && length <= piece.length) return some(length);
      const parts: Buffer[] = [];
      for (let missing = length; missing > 0; missing -= parts.at(-1)?.length ?? 0) {
        parts.push(await some(missing));
      }
      return Buffer.concat(parts);
    },
    skip: async (length) => {
      for (let missing = length; missing > 0; ) missing -= (await some(missing)).length;
    },
  };
}
