import { describe, expect, it } from 'vitest';
import { blobExists } from '../../../../main/registry/blobs/blob-exists.ts';
import { uploadBlob } from '../../../../main/registry/blobs/upload-blob.ts';
import { calm, openClient, openFake } from '../open-fake.ts';
import { contentOf, methodsOf, openPlace, sourceOf } from './upload-parts.ts';

describe('whether a blob is there', () => {
  const { digest } = sourceOf(contentOf(100));

  it('is asked by HEAD', async () => {
    const { registry, place } = await openPlace();
    await expect(blobExists(place, digest)).resolves.toBe(false);
    await uploadBlob(place, sourceOf(contentOf(100)));
    await expect(blobExists(place, digest)).resolves.toBe(true);
    // The two after the first: whether it is a registry of today at all, as long as nothing has shown it.
    expect(methodsOf(registry)).toBe('HEAD GET GET POST PUT HEAD');
  });

  it('is asked by GET where the storage’s link is good for nothing else', async () => {
    for (const [status, isThere] of [
      [206, true],
      [416, true],
      [404, false],
    ] as const) {
      const storage = await openFake(({ method, headers }) => {
        expect(headers.authorization).toBeUndefined();
        return method === 'HEAD' ? { status: 403 } : { status, body: 'x' };
      }, {});
      const location = storage.origin.replace('127.0.0.1', 'localhost');
      const fake = await openFake(() => ({ status: 307, headers: { location } }), {});
      const place = openClient(fake).at('team/app', calm);
      await expect(blobExists(place, digest)).resolves.toBe(isThere);
    }
  });

  it('can be refused', async () => {
    const fake = await openFake(() => ({ status: 403 }), {});
    const place = openClient(fake).at('team/app', calm);
    await expect(blobExists(place, digest)).rejects.toHaveProperty('code', 'ACCESS_DENIED');
  });
});
