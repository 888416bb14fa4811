import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { HttpAnswer, HttpRequest } from '../../../../main/registry/transport/exchange.ts';
import { withStreamTurns } from '../../../../main/registry/transport/stream-turns.ts';
import { calm } from '../open-fake.ts';

const url = new URL('https://r.test/');
const small: HttpRequest = { method: 'GET', url, headers: {}, limit: 1, signal: calm };
const large: HttpRequest = { ...small, streams: true };

it('streams so many bodies at a time, each to its end, and keeps nobody else waiting', async () => {
  const answered: HttpAnswer[] = [];
  const exchange = withStreamTurns(async ({ streams }) => {
    const body = Buffer.alloc(0);
    const stream = new Readable({ read: () => undefined });
    const answer = { url, status: 200, rawHeaders: [], body, ...(streams ? { stream } : {}) };
    answered.push(answer);
    return answer;
  }, 2);
  const [first, second] = await Promise.all([exchange(large), exchange(large)]);
  const third = exchange(large);
  await exchange(small);
  expect(answered).toHaveLength(3);
  first.stream?.push(null);
  first.stream?.resume();
  await third;
  const fourth = exchange(large);
  second.stream?.destroy();
  await fourth;
  expect(answered).toHaveLength(5);
});

it('gives the turn on where no stream came of it', async () => {
  let count = 0;
  const exchange = withStreamTurns(async () => {
    count += 1;
    if (count === 1) throw new Error('broken');
    return { url, status: 404, rawHeaders: [], body: Buffer.alloc(0) };
  }, 1);
  await expect(exchange(large)).rejects.toThrow('broken');
  expect((await exchange(large)).status).toBe(404);
  expect((await exchange(large)).status).toBe(404);
});
