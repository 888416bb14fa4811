import { describe, expect, it } from 'vitest';
import { together } from '../../../../main/registry/transfer/together.ts';
import { createTurns } from '../../../../main/registry/transport/turns.ts';

const calm = new AbortController().signal;
const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('together', () => {
  it('runs a few at a time, all of them', async () => {
    const done: number[] = [];
    let [underWay, most] = [0, 0];
    await together([1, 2, 3, 4, 5], 2, calm, async (item) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await tick();
      underWay -= 1;
      done.push(item);
    });
    expect([done, most]).toEqual([[1, 2, 3, 4, 5], 2]);
  });

  it('ends the others at the first failure, and waits for them', async () => {
    const ended: unknown[] = [];
    const failing = together([1, 2, 3], 2, calm, async (item, signal) => {
      if (item === 1) throw new Error('first');
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      await tick();
      ended.push(item);
      throw new Error('second');
    });
    await expect(failing).rejects.toThrow('first');
    expect(ended).toEqual([2]);
  });

  it('rejects with the reason of whoever stops it', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const stopped = together([1, 2], 1, stop.signal, async () => stop.abort(reason));
    await expect(stopped).rejects.toBe(reason);
    await expect(together([1], 1, stop.signal, () => tick().then(() => undefined))).rejects.toBe(
      reason,
    );
  });
});

describe('turns', () => {
  it('lets so many at a time, the longest waiting first, and forgets who has gone', async () => {
    const turns = createTurns(1);
    const order: string[] = [];
    const stop = new AbortController();
    const run = (name: string, signal = calm) =>
      turns.take(signal, async () => {
        await tick();
        order.push(name);
      });
    const gone = run('b', stop.signal);
    const others = [run('c'), run('d')];
    const waiting = expect(run('e', stop.signal)).rejects.toThrow('gone');
    stop.abort(new Error('gone'));
    await gone;
    await waiting;
    await Promise.all(others);
    await run('f');
    expect(order).toEqual(['b', 'c', 'd', 'f']);
  });
});
