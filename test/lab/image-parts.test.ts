import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { digestOf, imageOf, indexOf, layerOf } from './image-parts.ts';

describe('image parts', () => {
  const files = [
    { path: 'bin/a', content: 'A', mode: 0o755 },
    { path: 'bin/b', linkTo: 'a' },
  ];

  it('are the same bytes for the same content', async () => {
    expect((await layerOf(files)).digest).toBe((await layerOf(files)).digest);
  });

  it('tell the digest of the layer as it is sent and as it is unpacked', async () => {
    const layer = await layerOf(files);
    expect(layer.digest).toBe(digestOf(layer.bytes));
    expect(layer.diffId).toBe(digestOf(gunzipSync(layer.bytes)));
  });

  it('make an image whose manifest describes all its blobs', async () => {
    const image = imageOf([await layerOf(files)], { format: 'docker' });
    const { config, layers } = JSON.parse(image.manifest.bytes.toString());
    expect([config, ...layers].map(({ digest, size }) => ({ digest, size }))).toEqual(
      image.blobs.map(({ digest, bytes }) => ({ digest, size: bytes.length })),
    );
  });

  it('make an index over platforms', async () => {
    const layers = [await layerOf(files)];
    const images = ['amd64', 'arm64'].map((architecture) => imageOf(layers, { architecture }));
    const { manifests } = JSON.parse(indexOf(images).bytes.toString());
    expect(manifests).toMatchObject([
      { digest: images[0]?.manifest.digest, platform: { os: 'linux', architecture: 'amd64' } },
      { digest: images[1]?.manifest.digest, platform: { os: 'linux', architecture: 'arm64' } },
    ]);
  });
});
