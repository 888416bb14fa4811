import { mkdtempSync, rmSync } from 'node:fs';
import { open, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import tar from 'tar-stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Place } from '../../../../main/registry/place.ts';
import { type TarEntry, writeTar } from '../../../../main/registry/transfer/tar-file.ts';
import { tarHeader } from '../../../../main/registry/transfer/tar-header.ts';

const place = { signal: new AbortController().signal } as Place;

/** What another reader finds in an archive that was written. */
async function written(entries: readonly TarEntry[]): Promise<Record<string, string>> {
  const folder = mkdtempSync(join(tmpdir(), 'tar-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, 'a.tar');
  const file = await open(path, 'wx');
  await writeTar(file, entries, place);
  await file.close();
  const bytes = await readFile(path);
  expect(bytes.length % 512).toBe(0);
  const found: Record<string, string> = {};
  const extract = tar.extract();
  extract.end(bytes);
  for await (const entry of extract) {
    const pieces: Buffer[] = [];
    for await (const piece of entry) pieces.push(piece as Buffer);
    found[entry.header.name] = Buffer.concat(pieces).toString('latin1');
  }
  return found;
}

const entryOf = (name: string, content: Buffer, isSized: boolean): TarEntry => ({
  ...{ name, size: isSized ? content.length : null },
  open: async function* () {
    yield content.subarray(0, 3);
    yield content.subarray(3);
  },
});

describe('an archive that is written in several places at once', () => {
  it('has every file whole, with or without a size known before', async () => {
    const file = fc.tuple(fc.uint8Array({ maxLength: 3000 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(fc.array(file, { maxLength: 12 }), async (files) => {
        const entries = files.map(([bytes, isSized], at) =>
          entryOf(`blobs/${at}`, Buffer.from(bytes), isSized),
        );
        const wanted = files.map(([bytes], at) => [
          ...[`blobs/${at}`, Buffer.from(bytes).toString('latin1')],
        ]);
        expect(await written(entries)).toEqual(Object.fromEntries(wanted));
      }),
      { numRuns: 30 },
    );
  });

  it('takes names that the old format has no room for', async () => {
    const name = `blobs/sha512/${'a'.repeat(128)}`;
    expect(await written([entryOf(name, Buffer.from('content'), true)])).toEqual({
      [name]: 'content',
    });
  });

  it('takes sizes beyond 8 GiB', async () => {
    const size = 9 * 2 ** 30;
    const extract = tar.extract();
    const seen = new Promise((resolve) => {
      extract.on('entry', (header) => resolve(header.size));
    });
    extract.write(tarHeader('large', size));
    await expect(seen).resolves.toBe(size);
    extract.destroy();
  });
});
