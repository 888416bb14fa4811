import { describe, expect, it } from 'vitest';
import { allEnded } from '../../../main/platform/all-ended.ts';

describe('work that is done side by side', () => {
  it('has all ended when one of it has failed', async () => {
    let ended = false;
    const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
      ended = true;
    });
    await expect(allEnded([Promise.reject(new Error('no')), slow])).rejects.toThrow('no');
    expect(ended).toBe(true);
  });

  it('gives all results in their order', async () => {
    expect(await allEnded([Promise.resolve(1), undefined, Promise.resolve('b')])).toEqual([
      ...[1, undefined, 'b'],
    ]);
  });
});
