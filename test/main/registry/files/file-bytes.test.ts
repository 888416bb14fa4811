import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { imageFileBytes } from '../../../../main/registry/files/image-file-bytes.ts';
import { imageFiles } from '../../../../main/registry/files/image-files.ts';
import { describeBlob, jsonBlob, manifestReply, serveContent } from '../../../fakes/images.ts';
import { type Blob, blobOf } from '../../../lab/image-parts.ts';
import { calm, collect, openClient, openFake } from '../open-fake.ts';
import { file, tarOf } from './archives.ts';

const types = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};

/** A registry with one image of these layers; `sent` are the bytes that it sends for the last one. */
async function openImage(layers: readonly Blob[], sent?: Buffer) {
  const config = jsonBlob({ os: 'linux', architecture: 'amd64', config: {} });
  const manifest = jsonBlob({
    ...{ schemaVersion: 2, mediaType: types.manifest, config: describeBlob(types.config, config) },
    layers: layers.map((layer) => describeBlob(types.layer, layer)),
  });
  const blobs = [config, ...layers].map(({ digest, bytes }, at) => [
    digest,
    { body: at === layers.length && sent ? sent : bytes },
  ]);
  const fake = await openFake(
    serveContent('x', {
      [manifest.digest]: manifestReply(types.manifest, manifest),
      ...Object.fromEntries(blobs),
    }),
  );
  return { place: openClient(fake).at('x', calm), digest: manifest.digest };
}

describe('a file of an image, byte for byte', () => {
  it('comes whole, however large, and however slowly it is taken', async () => {
    const content = randomBytes(5_000_000);
    const layer = blobOf(gzipSync(await tarOf([{ name: 'big', content }])));
    const { place, digest } = await openImage([layer]);
    const pieces: Buffer[] = [];
    for await (const piece of imageFileBytes(place, { digest }, 'big')) {
      pieces.push(piece);
      await new Promise((done) => setTimeout(done, 5));
    }
    expect(Buffer.concat(pieces).equals(content)).toBe(true);
  });

  it('is not trusted when the layer is another one', async () => {
    const layer = blobOf(gzipSync(await tarOf([file('a', 'good')])));
    const other = gzipSync(await tarOf([file('a', 'evil')]));
    const { place, digest } = await openImage([layer], other);
    for (const reading of [
      () => collect<unknown>(imageFileBytes(place, { digest }, 'a')),
      () => collect<unknown>(imageFiles(place, { digest })),
    ]) {
      await expect(reading()).rejects.toHaveProperty(
        'code',
        expect.stringMatching(/DIGEST_MISMATCH|BLOB_SIZE_WRONG/),
      );
    }
  });

  it('lets the registry go when nobody takes it any more', async () => {
    const content = randomBytes(8_000_000);
    const layer = blobOf(gzipSync(await tarOf([{ name: 'big', content }])));
    const { place, digest } = await openImage([layer]);
    for await (const piece of imageFileBytes(place, { digest }, 'big')) {
      expect(piece.length).toBeLessThan(4_000_000);
      break;
    }
  });

  it('is none where a layer, or the image, is none', async () => {
    const layer = blobOf(gzipSync(await tarOf([file('a')])));
    const { place, digest } = await openImage([layer]);
    const missing = `sha256:${'0'.repeat(64)}`;
    await expect(collect(imageFiles(place, { digest, layer: missing }))).rejects.toHaveProperty(
      'code',
      'IMAGE_WITHOUT_FILES',
    );
    const own = await collect(imageFiles(place, { digest, layer: layer.digest }));
    expect(own.at(-1)).toMatchObject({ type: 'files', files: [{ path: 'a' }] });
    const empty = await openImage([]);
    expect(await collect(imageFiles(empty.place, { digest: empty.digest }))).toEqual([
      { type: 'progress', done: 0, total: 0 },
    ]);
  });
});
