import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withLock } from '../../../main/platform/with-lock.ts';

it('lets one in at a time, and the next one after a failure too', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'lock-')), 'new', 'x');
  let inside = 0;
  const visit = (fail: boolean) =>
    withLock(path, async () => {
      inside += 1;
      expect(inside).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 10));
      inside -= 1;
      if (fail) throw new Error('on purpose');
      return 'done';
    }).catch((error: Error) => error.message);
  const ends = await Promise.all([visit(false), visit(true), visit(false)]);
  expect(ends).toEqual(['done', 'on purpose', 'done']);
});
