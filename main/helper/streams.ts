import { read, writeSync } from 'node:fs';

const CHUNK = 64 * 1024;

/** Reads standard input to its end, of any size. Plain reads: Node's stream objects would cost 5 ms to load. */
export async function readStdin(): Promise<string> {
  const chunks: Buffer[] = [];
  for (;;) {
    const buffer = Buffer.allocUnsafe(CHUNK);
    const length = await readOnce(buffer);
    if (length === 'not-yet') return readStream(chunks);
    if (length === 0) return Buffer.concat(chunks).toString();
    chunks.push(buffer.subarray(0, length));
  }
}

function readOnce(buffer: Buffer): Promise<number | 'not-yet'> {
  return new Promise((resolve, reject) => {
    read(0, buffer, 0, buffer.length, null, (error, length) => {
      if (!error) resolve(length);
      // Windows reports the end of a pipe as an error.
      else if (error.code === 'EOF') resolve(0);
      else if (error.code === 'EAGAIN') resolve('not-yet');
      else reject(error);
    });
  });
}

/** For the rare caller whose pipe does not block. */
async function readStream(chunks: Buffer[]): Promise<string> {
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** Writes everything to standard output; a reader that has gone away is its own affair. */
export async function writeStdout(text: string): Promise<void> {
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') return;
    await new Promise<void>((resolve) => process.stdout.write(rest, () => resolve()));
  }
}
