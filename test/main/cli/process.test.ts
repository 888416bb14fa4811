import { EventEmitter } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { follow } from '../../../main/cli/follow.ts';
import { listenForInterruption, readerGone } from '../../../main/cli/interrupt.ts';
import { mapConcurrently } from '../../../main/cli/map-concurrently.ts';

describe('an interruption', () => {
  const start = () => {
    const exits: number[] = [];
    const target = Object.assign(new EventEmitter(), {
      stdout: new EventEmitter(),
      stderr: new EventEmitter(),
      exit: (status: number) => exits.push(status),
    });
    return { target, exits, ...listenForInterruption(target as unknown as NodeJS.Process) };
  };

  it('asks everything to stop first, and ends the process the second time', () => {
    const { target, signal, exits } = start();
    target.emit('SIGINT');
    expect([signal.aborted, exits]).toEqual([true, []]);
    target.emit('SIGINT');
    expect(exits).toEqual([130]);
  });

  it('is also a reader that has gone, but no other failure of a stream', () => {
    const { target, signal } = start();
    const failure = (code: string) => Object.assign(new Error(code), { code });
    expect(() => target.stdout.emit('error', failure('EIO'))).toThrow('EIO');
    target.stdout.emit('error', failure('EPIPE'));
    expect(signal.reason).toBe(readerGone);
  });
});

describe('following a stream', () => {
  it('lets the stream go once it has seen enough', async () => {
    let isClosed = false;
    const stream = (async function* () {
      try {
        for (let number = 0; ; number += 1) yield number;
      } finally {
        isClosed = true;
      }
    })();
    const seen: number[] = [];
    await follow(stream, new AbortController().signal, (number) => {
      seen.push(number);
      return number === 2;
    });
    expect(seen).toEqual([0, 1, 2]);
    await vi.waitFor(() => expect(isClosed).toBe(true));
  });

  it('ends at once with the signal, though the stream hangs', async () => {
    const controller = new AbortController();
    const hanging = (async function* (): AsyncGenerator<never> {
      yield await new Promise<never>(() => undefined);
    })();
    const followed = follow(hanging, controller.signal, () => undefined);
    controller.abort();
    await followed;
  });
});

describe('work at several places', () => {
  it('fails as the first of them fails', async () => {
    const work = mapConcurrently([1, 2, 3], 2, async (number) => {
      if (number === 2) throw new Error('two');
      return number;
    });
    await expect(work).rejects.toThrow('two');
    expect(await mapConcurrently([], 2, async () => 1)).toEqual([]);
  });
});
