import type { Readable } from 'node:stream';
import { RegentError } from '../../../shared/errors/index.ts';
import { patience } from '../limits.ts';
import type { Session } from '../session.ts';

/**
 * The pieces of a stream, as long as it is more than a drip: a server that sends single bytes, each just in time, would
 * otherwise keep its reader for ever. Only the time that is spent waiting for the server counts.
 * @throws RegentError `CONNECTION_TIMEOUT`
 */
export async function* paced(
  stream: Readable,
  { address, clock }: Pick<Session, 'address' | 'clock'>,
): AsyncGenerator<Buffer, void, void> {
  const { milliseconds, bytes } = patience.drip;
  let [waited, got] = [0, 0];
  let since = clock.now();
  for await (const piece of stream as AsyncIterable<Buffer>) {
    waited += clock.now() - since;
    got += piece.length;
    if (waited > milliseconds) {
      const seconds = milliseconds / 1000;
      if (got < bytes) throw new RegentError('CONNECTION_TIMEOUT', { address, seconds });
      [waited, got] = [0, 0];
    }
    yield piece;
    since = clock.now();
  }
}
