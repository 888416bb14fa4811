import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { withBriefLock } from '../../../main/platform/with-brief-lock.ts';
import { withLock } from '../../../main/platform/with-lock.ts';

let path: string;
beforeEach(() => {
  path = join(mkdtempSync(join(tmpdir(), 'brief-')), 'new', 'x');
});
afterEach(() => vi.restoreAllMocks());

const failure = (error: NodeJS.ErrnoException) => error.code ?? error.message;

describe('a brief lock', () => {
  it('is that of `withLock`: who has either keeps the other out', async () => {
    await withLock(path, async () => {
      expect(await withBriefLock(path, async () => 'in').catch(failure)).toBe('EEXIST');
    });
    const order: string[] = [];
    let waiting: Promise<unknown> = Promise.resolve();
    await withBriefLock(path, async () => {
      waiting = withLock(path, async () => order.push('second'));
      await new Promise((resolve) => setTimeout(resolve, 30));
      order.push('first');
    });
    await waiting;
    expect(order).toEqual(['first', 'second']);
  });

  it('is free again after a failure', async () => {
    const fail = () => Promise.reject(new Error('on purpose'));
    expect(await withBriefLock(path, fail).catch(failure)).toBe('on purpose');
    expect(await withBriefLock(path, async () => 'in')).toBe('in');
    expect(existsSync(`${path}.lock`)).toBe(false);
  });

  it('is not given back by a process that slept: it may be another’s by then', async () => {
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => now);
    const wasSure = await withBriefLock(path, async (isSure) => {
      const before = isSure();
      now = 6_000;
      return [before, isSure()];
    });
    expect(wasSure).toEqual([true, false]);
    expect(existsSync(`${path}.lock`)).toBe(true);
  });
});
