import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it, onTestFinished } from 'vitest';
import { inspect } from '../../../../main/registry/describe/inspect.ts';
import { save } from '../../../../main/registry/transfer/save.ts';
import { blobOf } from '../../../lab/image-parts.ts';
import { v1Id } from '../../../lab/v1-images.ts';
import { calm } from '../open-fake.ts';
import { openV1, type V1Wish } from './v1-fake.ts';

const layerPath = (name: string) => `/v1/images/${v1Id(name)}/layer`;

async function convertWith(wish: V1Wish = {}) {
  const { client, content, fake } = await openV1(wish);
  return { content, fake, place: await client.imageAt('library/app', '1.0', calm) };
}

describe('an image of the first generation, made one of today', () => {
  it('has the digests of its layers, packed as they were', async () => {
    const { place, content } = await convertWith();
    const { kind, image, digest } = await inspect(place, '1.0');
    const layers = ['base', 'app', 'app command'].map((name) =>
      blobOf(Buffer.from(content.images[v1Id(name)]?.layer ?? '', 'base64')),
    );
    expect(kind).toBe('image');
    expect(image).toMatchObject({ platform: 'linux/amd64', config: { command: ['/srv/app'] } });
    expect(image?.layers.map((layer) => [layer.mediaType, layer.digest, layer.size])).toEqual(
      layers.map(({ bytes, digest: own }, at) => [
        `application/vnd.docker.image.rootfs.diff.tar${at === 0 ? '.gzip' : ''}`,
        own,
        bytes.length,
      ]),
    );
    expect(image?.history.map(({ createdBy }) => createdBy)).toEqual([
      '/bin/sh -c #(nop) ADD file:lab in /',
      '/bin/sh -c echo version one > /srv/app.txt',
      '/bin/sh -c #(nop) CMD [/srv/app]',
    ]);
    const again = await convertWith({ version: '0.6' });
    expect((await inspect(again.place, '1.0')).digest).toBe(digest);
  });

  it('is saved, and what is packed in its layers is what its config says', async () => {
    const { place } = await convertWith();
    const folder = mkdtempSync(join(tmpdir(), 'v1-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'app');
    await save(place, '1.0', { path, format: 'oci' }, () => undefined);
    const read = (digest: string) =>
      readFileSync(join(path, 'blobs/sha256', digest.slice('sha256:'.length)));
    const { digest, image } = await inspect(place, '1.0');
    expect(blobOf(read(digest)).digest).toBe(digest);
    const config = JSON.parse(read(image?.configDigest ?? '').toString());
    expect(Object.keys(config)).not.toContain('id');
    expect(config.rootfs.diff_ids).toEqual(
      image?.layers.map((layer) => {
        const bytes = read(layer.digest);
        return blobOf(layer.mediaType.endsWith('gzip') ? gunzipSync(bytes) : bytes).digest;
      }),
    );
  });

  it('goes on where a connection breaks, and with layers that are sent from elsewhere', async () => {
    const { place, fake } = await convertWith({
      instead: ({ path, repetition }) =>
        path === layerPath('base') && repetition === 0 ? { fault: 'reset' } : undefined,
    });
    expect((await inspect(place, '1.0')).image?.layers).toHaveLength(3);
    expect(fake.seen.filter(({ path }) => path === layerPath('base')).length).toBeGreaterThan(1);
  });

  it.each<[what: string, wish: V1Wish, code: string]>([
    [
      'other bytes than the registry has counted',
      {
        instead: ({ path }) =>
          path === layerPath('app') ? { body: Buffer.alloc(2048) } : undefined,
      },
      'DIGEST_MISMATCH',
    ],
    [
      'fewer bytes than the registry has counted',
      { instead: ({ path }) => (path === layerPath('app') ? { body: 'x' } : undefined) },
      'BLOB_SIZE_WRONG',
    ],
    [
      'a layer that is packed by something else',
      {
        instead: ({ path }) => {
          if (path === layerPath('app')) return { body: Buffer.from('fd377a585a0000', 'hex') };
          const isJson = path === `/v1/images/${v1Id('app')}/json`;
          return isJson ? { body: { id: v1Id('app') } } : undefined;
        },
      },
      'LAYER_UNREADABLE',
    ],
    [
      'a layer that is lost',
      { instead: ({ path }) => (path === layerPath('app') ? { status: 404 } : undefined) },
      'BLOB_NOT_FOUND',
    ],
  ])('is not made of %s', async (_, wish, code) => {
    await expect(convertWith(wish)).rejects.toHaveProperty('code', code);
  });

  it('is told only what it was made of: layers that change afterwards are refused', async () => {
    let isChanged = false;
    const { place } = await convertWith({
      instead: ({ path }) =>
        isChanged && path === layerPath('app') ? { body: Buffer.alloc(2048, 1) } : undefined,
    });
    isChanged = true;
    const path = join(tmpdir(), `v1-${process.pid}.tar`);
    await expect(
      save(place, '1.0', { path, format: 'docker-archive' }, () => undefined),
    ).rejects.toHaveProperty('code', 'DIGEST_MISMATCH');
  });
});

describe('what a registry of the first generation cannot do', () => {
  it('says so at once', async () => {
    const { client } = await openV1();
    const place = client.at('library/app', calm);
    await expect(inspect(place, '1.0')).rejects.toMatchObject({ code: 'REGISTRY_IS_V1' });
    await expect(
      save(place, '1.0', { path: join(tmpdir(), 'never.tar'), format: 'oci' }, () => undefined),
    ).rejects.toHaveProperty('code', 'REGISTRY_IS_V1');
  });
});
