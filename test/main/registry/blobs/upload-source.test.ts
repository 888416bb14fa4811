import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { uploadBlob } from '../../../../main/registry/blobs/upload-blob.ts';
import type { BlobSource } from '../../../../main/registry/blobs/upload-content.ts';
import { openClient } from '../open-fake.ts';
import { contentOf, methodsOf, openPlace, sourceOf } from './upload-parts.ts';

describe('what is uploaded', () => {
  const bytes = contentOf(10_000);

  it.each([undefined, 4000])('is what it says, or nothing (chunks of %s)', async (chunkSize) => {
    const options = chunkSize === undefined ? {} : { chunkSize };
    const good = sourceOf(bytes);
    const wrong = [
      [{ ...good, open: sourceOf(contentOf(10_001)).open }, 'BLOB_SIZE_WRONG'],
      [{ ...good, open: sourceOf(contentOf(9_999)).open }, 'BLOB_SIZE_WRONG'],
      [{ ...good, open: sourceOf(Buffer.alloc(10_000)).open }, 'DIGEST_MISMATCH'],
    ] as const;
    for (const [source, code] of wrong) {
      const { registry, place } = await openPlace();
      await expect(uploadBlob(place, source, undefined, options)).rejects.toHaveProperty(
        'code',
        code,
      );
      expect([registry.open.size, registry.blobs.size]).toEqual([0, 0]);
    }
  });

  it('fails as its source does', async () => {
    const failing: BlobSource = {
      ...sourceOf(bytes),
      open: async function* () {
        yield bytes.subarray(0, 5000);
        throw Object.assign(new Error('gone'), { code: 'ENOENT' });
      },
    };
    for (const options of [{}, { chunkSize: 2000 }]) {
      const { registry, place } = await openPlace();
      await expect(uploadBlob(place, failing, undefined, options)).rejects.toHaveProperty(
        'code',
        'ENOENT',
      );
      expect(registry.open.size).toBe(0);
    }
  });

  it('is read no faster than it is sent', async () => {
    let read = 0;
    const piece = Buffer.alloc(64 * 1024);
    const endless: BlobSource = {
      ...{ digest: `sha256:${'0'.repeat(64)}`, size: 2 ** 40 },
      open: async function* () {
        for (;;) {
          read += piece.length;
          yield piece;
        }
      },
    };
    const stop = new AbortController();
    // A server that takes the request and reads none of it.
    const { place } = await openStalled(stop.signal);
    const upload = uploadBlob(place, endless).catch((error: unknown) => error);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(read).toBeGreaterThan(0);
    expect(read).toBeLessThan(32 * 1024 * 1024);
    stop.abort();
    expect(await upload).toHaveProperty('code', 'CANCELLED');
  });

  it('is forgotten by the registry when it is cancelled', async () => {
    const stop = new AbortController();
    const { registry, place } = await openPlace({}, stop.signal);
    const source = sourceOf(bytes);
    const cancelling: BlobSource = {
      ...source,
      open: async function* () {
        yield bytes.subarray(0, 5000);
        yield bytes.subarray(5000, 6000);
        while (methodsOf(registry) !== 'POST PUT') {
          await new Promise((resolve) => setTimeout(resolve, 5));
        }
        stop.abort();
        yield bytes.subarray(6000);
      },
    };
    await expect(uploadBlob(place, cancelling)).rejects.toHaveProperty('code', 'CANCELLED');
    expect(methodsOf(registry)).toBe('POST PUT DELETE');
    expect(registry.open.size).toBe(0);
  });
});

/** A registry whose uploads are taken by a socket that nobody reads. */
async function openStalled(signal: AbortSignal) {
  const server = createServer((request, response) => {
    if (request.method === 'PUT') return;
    response.writeHead(202, { location: '/v2/team/app/blobs/uploads/u1' });
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as { readonly port: number };
  const address = `127.0.0.1:${port}`;
  return { place: openClient({ address, origin: `http://${address}` }).at('team/app', signal) };
}
