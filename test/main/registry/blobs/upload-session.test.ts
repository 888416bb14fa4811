import { describe, expect, it } from 'vitest';
import { uploadBlob } from '../../../../main/registry/blobs/upload-blob.ts';
import { beginUpload } from '../../../../main/registry/blobs/upload-session.ts';
import { ada, calm, openClient, openFake } from '../open-fake.ts';
import { contentOf, methodsOf, openPlace, sourceOf } from './upload-parts.ts';

describe('mounting', () => {
  const bytes = contentOf(100);
  const { digest } = sourceOf(bytes);

  it('uses a blob of another repository', async () => {
    const { registry, place } = await openPlace({ mountable: new Set([digest]) });
    const mounted = uploadBlob(place, sourceOf(bytes), undefined, { mountFrom: 'team/base' });
    await expect(mounted).resolves.toBe('mounted');
    expect(registry.seen.map(({ path }) => path)).toEqual([
      `/v2/team/app/blobs/uploads/?mount=${encodeURIComponent(digest)}&from=team%2Fbase`,
    ]);
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
    const upload = await beginUpload(place, { digest, from: 'team/base' });
    expect(upload?.url.pathname).toBe('/elsewhere');
    const token = fake.seen.find(({ path }) => path === '/token');
    expect(token?.query.getAll('scope')).toEqual([
      'repository:team/app:pull,push',
      'repository:team/base:pull',
    ]);
  });

  it.each([
    [null, 401],
    [null, 403],
    [ada, 400],
    [ada, 401],
    [ada, 403],
  ])('uploads where the token server gives %o no token for both: %i', async (login, status) => {
    const fake = await openFake(({ query, headers, path }) => {
      const isForBoth = query.getAll('scope').some((scope) => scope.includes('team/base'));
      if (path === '/token') return isForBoth ? { status } : { body: { token: 'one' } };
      const challenge = { 'www-authenticate': `Bearer realm="${fake.origin}/token"` };
      if (headers.authorization === undefined) return { status: 401, headers: challenge };
      return { status: 202, headers: { location: '/elsewhere' } };
    });
    const place = openClient(fake, { credentials: async () => login }).at('team/app', calm);
    const upload = await beginUpload(place, { digest, from: 'team/base' });
    expect(upload?.url.pathname).toBe('/elsewhere');
  });

  it('fails where the token server does', async () => {
    const fake = await openFake(({ path }) =>
      path === '/token'
        ? { status: 500 }
        : { status: 401, headers: { 'www-authenticate': `Bearer realm="${fake.origin}/token"` } },
    );
    const place = openClient(fake, { credentials: async () => ada }).at('team/app', calm);
    await expect(beginUpload(place, { digest, from: 'team/base' })).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      data: { status: 500 },
    });
  });
});
