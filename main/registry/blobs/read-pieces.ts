import { RegentError } from '../../../shared/errors/index.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { connectionError } from '../transport/connection-errors.ts';
import { isResumable, pauseBeforeResuming } from './read-again.ts';
import { askForBlob } from './read-answer.ts';
import { paced } from './read-paced.ts';

/** Which bytes of a blob: from one on, to its end. */
export interface PieceRange {
  readonly from: number;
  /** How long the whole blob must be; null when nobody has said so. */
  readonly size: number | null;
}

/** How far reading has got. */
interface Reading {
  readonly digest: string;
  /** The next byte. */
  at: number;
  /** How long the whole blob is: as stated, or else as the first answer says. */
  total: number | null;
  usesRanges: boolean;
  /** Whether the server has given anything yet. */
  hasBegun: boolean;
}

/** What counts as getting further, in bytes. */
const PROGRESS = 16 * 1024;

/**
 * Yields the bytes of a blob in order, whatever happens to connections in between, with nothing verified but their
 * number. Gives up after several tries that got no further.
 * @throws RegentError as of `readBlob`
 */
export async function* readPieces(
  place: Place,
  digest: string,
  { from, size }: PieceRange,
): AsyncGenerator<Uint8Array, void, void> {
  const { address, origin, wait } = place.session;
  const reading: Reading = {
    ...{ digest, at: from, total: size, usesRanges: true, hasBegun: false },
  };
  if (size !== null && from > size) throw wrongSize(reading, from);
  for (let fruitless = 0; !isDone(reading); ) {
    const before = reading.at;
    let failure: RegentError | undefined;
    try {
      if (yield* readOnce(place, reading)) return;
    } catch (error) {
      failure = connectionError(error, origin, address);
    }
    if (place.signal.aborted) throw new RegentError('CANCELLED', { subject: address });
    if (failure && !(reading.hasBegun && isResumable(failure))) throw failure;
    if (isDone(reading)) return;
    fruitless = reading.at - before >= PROGRESS ? 0 : fruitless + 1;
    const pause = pauseBeforeResuming(fruitless, failure);
    if (pause === undefined) throw failure ?? wrongSize(reading, reading.at);
    await wait(pause, place.signal).catch(() => undefined);
  }
}

/** Reads as far as one answer goes. Returns whether that is the end of a blob whose length nobody knows. */
async function* readOnce(
  place: Place,
  reading: Reading,
): AsyncGenerator<Uint8Array, boolean, void> {
  const { session, signal } = place;
  const from = reading.usesRanges ? reading.at : 0;
  const { stream, start, total } = await askForBlob(place, reading.digest, from);
  reading.hasBegun = true;
  reading.total ??= total;
  if (total !== null && total !== reading.total) {
    stream?.on('error', () => undefined).destroy();
    throw wrongSize(reading, total);
  }
  if (!stream) {
    reading.usesRanges = false;
    return false;
  }
  let skip = reading.at - start;
  for await (const arrived of paced(stream, session)) {
    if (signal.aborted) break;
    const piece = arrived.subarray(Math.min(skip, arrived.length));
    skip -= arrived.length - piece.length;
    const fitting = piece.subarray(0, roomFor(reading, session.address));
    if (fitting.length < piece.length) throw wrongSize(reading, reading.at + piece.length);
    reading.at += fitting.length;
    if (fitting.length > 0) yield fitting;
  }
  return reading.total === null;
}

/** How many bytes may still come. */
function roomFor({ at, total }: Reading, address: string): number {
  const limit = limits.unsizedBlob;
  if (total === null && at >= limit) {
    throw new RegentError('RESPONSE_TOO_LARGE', { address, limit });
  }
  return (total ?? Number.POSITIVE_INFINITY) - at;
}

function isDone({ at, total }: Reading): boolean {
  return total !== null && at >= total;
}

function wrongSize({ digest, total }: Reading, actual: number): RegentError {
  return new RegentError('BLOB_SIZE_WRONG', { digest, expected: total ?? 0, actual });
}
