import { describe, expect, it, onTestFinished } from 'vitest';
import { uploadBlob } from '../../../../main/registry/blobs/upload-blob.ts';
import { startUploadRegistry } from '../../../fakes/upload-registry.ts';
import { calm, openClient, openFake } from '../open-fake.ts';
import { contentOf, openPlace, sourceOf } from './upload-parts.ts';

describe('the location of an upload', () => {
  const bytes = contentOf(100);

  it('may be another host, which gets no credentials', async () => {
    const storage = await startUploadRegistry();
    onTestFinished(() => storage.stop());
    const elsewhere = storage.origin.replace('127.0.0.1', 'localhost');
    const login = `Basic ${Buffer.from('ada:x').toString('base64')}`;
    const begun = await fetch(`${storage.origin}/v2/team/app/blobs/uploads/`, { method: 'POST' });
    const path = begun.headers.get('location');
    const fake = await openFake(
      ({ headers }) =>
        headers.authorization === login
          ? { status: 202, headers: { location: `${elsewhere}${path}` } }
          : { status: 401, headers: { 'www-authenticate': 'Basic realm="x"' } },
      {},
    );
    const credentials = async () => ({ username: 'ada', password: 'x' });
    const place = openClient(fake, { credentials }).at('team/app', calm);
    const source = sourceOf(bytes);
    await uploadBlob(place, source);
    expect(storage.blobs.get(source.digest)).toEqual(bytes);
    const put = storage.seen.find(({ method }) => method === 'PUT');
    expect(put?.headers.authorization).toBeUndefined();
  });

  it('that a proxy’s backend gives of itself is looked for where the registry was asked', async () => {
    for (const host of ['http://user:secret@registry.internal', 'ftp://registry.internal']) {
      const { registry, place } = await openPlace({ locationOf: (path) => `${host}${path}` });
      const source = sourceOf(bytes);
      await uploadBlob(place, source);
      expect(registry.blobs.get(source.digest)).toEqual(bytes);
    }
  });

  it('is refused when it makes no sense', async () => {
    for (const location of ['', 'http://', 'ftp://somewhere/else', 'javascript:alert(1)']) {
      const headers = location === '' ? {} : { location };
      const fake = await openFake(() => ({ status: 202, headers }), {});
      const place = openClient(fake).at('team/app', calm);
      await expect(uploadBlob(place, sourceOf(bytes))).rejects.toHaveProperty(
        'code',
        'REGISTRY_RESPONSE_INVALID',
      );
      expect(fake.seen.map(({ method }) => method)).toEqual(['POST']);
    }
  });
});
