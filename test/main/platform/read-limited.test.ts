import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readLimited } from '../../../main/platform/read-limited.ts';
import { describeUnless } from '../../lab/index.ts';

const noSpecialFiles =
  process.platform === 'linux' ? undefined : 'the special files of Linux are read';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const at = (name: string) => join(folder, name);
const fails = (path: string, reason: string) =>
  expect(readLimited(path, 10)).rejects.toMatchObject({
    code: 'FILE_FAILED',
    data: { path, reason },
  });

describe('a file that a person named', () => {
  it.each([0, 1, 9, 10, 11, 5000])(
    'is read up to one byte more than the limit: %d',
    async (size) => {
      const content = Buffer.alloc(size, 'ab');
      writeFileSync(at('file'), content);
      symlinkSync('file', at('link'));
      for (const name of ['file', 'link']) {
        expect(Buffer.from(await readLimited(at(name), 10))).toEqual(content.subarray(0, 11));
      }
    },
  );

  it('must be there, and be a file', async () => {
    mkdirSync(at('folder'));
    await fails(at('none'), 'ENOENT');
    await fails(at('folder'), 'EISDIR');
  });
});

describeUnless(noSpecialFiles, 'a special file that a person named', () => {
  it('is no pipe, device or socket', async () => {
    execFileSync('mkfifo', [at('pipe')]);
    // More of them than there are threads: none may wait for a writer.
    await Promise.all(Array.from({ length: 8 }, () => fails(at('pipe'), 'notAFile')));
    await fails('/dev/zero', 'notAFile');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(at('socket'), resolve));
    await expect(readLimited(at('socket'), 10)).rejects.toMatchObject({ code: 'FILE_FAILED' });
    await new Promise((resolve) => server.close(resolve));
  });

  it('may be one whose size is not told', async () => {
    expect(await readLimited('/proc/self/status', 10)).toHaveLength(11);
  });
});
