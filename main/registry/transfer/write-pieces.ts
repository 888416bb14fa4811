import type { FileHandle } from 'node:fs/promises';

/** So many bytes are written at once: single pieces would spend their time on the way to the disk. */
const BATCH = 256 * 1024;

/**
 * Writes pieces one behind the other into a file, from a place on. What was read before the source failed is
 * written all the same, so that it can be gone on with.
 * @param onBytes told how many bytes have been read by now
 * @returns the number of bytes
 * @throws what the source throws, and NodeJS.ErrnoException
 */
export async function writePieces(
  file: FileHandle,
  position: number,
  pieces: AsyncIterable<Uint8Array>,
  onBytes: (bytes: number) => void,
): Promise<number> {
  let written = 0;
  let read = 0;
  let waiting: Uint8Array[] = [];
  let writing = Promise.resolve();
  const flush = async (): Promise<void> => {
    const batch = waiting;
    const at = position + written;
    waiting = [];
    written = read;
    // One batch is written while the next one arrives.
    await writing;
    writing = writeAll(file, batch, at);
    // It is waited for above or below.
    writing.catch(() => undefined);
  };
  try {
    for await (const piece of pieces) {
      waiting.push(piece);
      read += piece.length;
      if (read - written >= BATCH) await flush();
      onBytes(read);
    }
  } finally {
    await flush();
    await writing;
  }
  return read;
}

async function writeAll(file: FileHandle, batch: readonly Uint8Array[], at: number): Promise<void> {
  if (batch.length === 0) return;
  const whole = batch.reduce((sum, { length }) => sum + length, 0);
  const { bytesWritten } = await file.writev(batch, at);
  if (bytesWritten === whole) return;
  // A disk that is nearly full takes a part, and says why at the next try.
  const rest = Buffer.concat(batch).subarray(bytesWritten);
  for (let done = 0; done < rest.length; ) {
    done += (await file.write(rest, done, rest.length - done, at + bytesWritten + done))
      .bytesWritten;
  }
}
