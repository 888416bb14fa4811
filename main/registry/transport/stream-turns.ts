import { finished } from 'node:stream';
import type { Exchange, HttpAnswer } from './exchange.ts';
import { createTurns } from './turns.ts';

/**
 * Lets so many bodies at a time be streamed, each until its end: downloads of hours must leave connections to whoever
 * browses meanwhile.
 */
export function withStreamTurns(exchange: Exchange, width: number): Exchange {
  const turns = createTurns(width);
  return (request) => {
    if (!request.streams) return exchange(request);
    return new Promise((resolve, reject) => {
      const inTurn = async (): Promise<void> => {
        const answer = await exchange(request);
        resolve(answer);
        await end(answer);
      };
      turns.take(request.signal, inTurn).catch(reject);
    });
  };
}

function end({ stream }: HttpAnswer): Promise<void> {
  return new Promise((resolve) => {
    if (stream) finished(stream, () => resolve());
    else resolve();
  });
}
