import { describe, expect, it } from 'vitest';
import { blobExists } from '../../../../main/registry/blobs/blob-exists.ts';
import { mountBlob } from '../../../../main/registry/blobs/mount-blob.ts';
import { uploadBlob } from '../../../../main/registry/blobs/upload-blob.ts';
import { calm, openClient, openFake } from '../open-fake.ts';
import { contentOf, methodsOf, openPlace, sourceOf } from './upload-parts.ts';

describe('mounting', () => {
  const bytes = contentOf(100);
  const { digest } = sourceOf(bytes);

  it('uses a blob of another repository', async () => {
    const { registry, place } = await openPlace({ mountable: new Set([digest]) });
    await expect(mountBlob(place, digest, 'team/base')).resolves.toBe(true);
    expect(registry.seen[0]?.path).toBe(
      `/v2/team/app/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=team%2Fbase`,
    );
    const mounted = uploadBlob(place, sourceOf(bytes), undefined, { mountFrom: 'team/base' });
    await expect(mounted).resolves.toBe('mounted');
  });

  it('that the registry does not do leaves no upload behind', async () => {
    const { registry, place } = await openPlace();
    await expect(mountBlob(place, digest, 'team/base')).resolves.toBe(false);
    expect(methodsOf(registry)).toBe('POST DELETE');
    expect(registry.open.size).toBe(0);
  });

  it('becomes the upload where it is not done', async () => {
    const { registry, place } = await openPlace();
    const uploaded = uploadBlob(place, sourceOf(bytes), undefined, { mountFrom: 'team/base' });
    await expect(uploaded).resolves.toBe('uploaded');
    expect(methodsOf(registry)).toBe('POST PUT');
  });

  it('asks for both rights, and uploads where one is refused', async () => {
    const fake = await openFake(({ query, headers, path }) => {
      if (path === '/token') return { body: { token: 'both' } };
      const challenge = { 'www-authenticate': `Bearer realm="${fake.origin}/token"` };
      if (headers.authorization === undefined) return { status: 401, headers: challenge };
      if (query.has('mount')) return { status: 403 };
      return { status: 202, headers: { location: '/elsewhere' } };
    }, {});
    const place = openClient(fake).at('team/app', calm);
    await mountBlob(place, digest, 'team/base');
    const token = fake.seen.find(({ path }) => path === '/token');
    expect(token?.query.getAll('scope')).toEqual([
      'repository:team/app:pull,push',
      'repository:team/base:pull',
    ]);
  });
});

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
