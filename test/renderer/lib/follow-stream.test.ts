import { describe, expect, it } from 'vitest';
import { followStream } from '../../../renderer/lib/follow-stream.ts';

async function* numbers(fail?: Error): AsyncGenerator<number, void, void> {
  yield 1;
  yield 2;
  if (fail) throw fail;
}

describe('following a stream', () => {
  it('receives every item until its end', async () => {
    const received: number[] = [];
    await followStream(
      async () => numbers(),
      new AbortController().signal,
      (item) => received.push(item),
    );
    expect(received).toEqual([1, 2]);
  });

  it('hands on its failure', async () => {
    const failing = followStream(
      async () => numbers(new Error('broken')),
      new AbortController().signal,
      () => {},
    );
    await expect(failing).rejects.toThrow('broken');
  });

  it('ends quietly, and receives nothing more, once the reader gave up', async () => {
    const stop = new AbortController();
    const received: number[] = [];
    await followStream(
      async () => numbers(new Error('the queue was closed')),
      stop.signal,
      (item) => {
        received.push(item);
        stop.abort();
      },
    );
    expect(received).toEqual([1]);
  });
});
