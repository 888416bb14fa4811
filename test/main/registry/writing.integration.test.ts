import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { blobExists } from '../../../main/registry/blobs/blob-exists.ts';
import { uploadBlob } from '../../../main/registry/blobs/upload-blob.ts';
import { fetchManifest } from '../../../main/registry/describe/fetch-manifest.ts';
import { headManifest } from '../../../main/registry/manifests/head-manifest.ts';
import { putManifest } from '../../../main/registry/manifests/put-manifest.ts';
import { retag } from '../../../main/registry/manifests/retag.ts';
import {
  blobOf,
  describeWithLab,
  imageOf,
  layerOf,
  startPodman,
  startTokenRegistry,
} from '../../lab/index.ts';
import { calm } from './open-fake.ts';
import {
  ownRegistry,
  placeIn,
  push,
  pushIndex,
  slicesOf,
  unfinishedBytes,
} from './writing-scene.ts';

const MIB = 1024 * 1024;
const sourceOf = (bytes: Buffer) => {
  const { digest } = blobOf(bytes);
  return { digest, size: bytes.length, open: () => slicesOf(bytes) };
};

describeWithLab('writing to Debian’s registry', ['registry', 'podman'], () => {
  it('pushes what skopeo reads as the very same', async () => {
    const registry = await ownRegistry('tls-open');
    const place = placeIn(registry, 'team/app');
    const layers = [
      await layerOf([{ path: 'a', content: 'a' }]),
      await layerOf([{ path: 'b', content: randomBytes(3 * MIB) }], 0),
    ];
    const images = (['oci', 'docker'] as const).map((format) => imageOf(layers, { format }));
    const tools = await startPodman();
    for (const [index, image] of images.entries()) {
      const digest = await push(place, image, `v${index}`);
      expect(digest).toBe(image.manifest.digest);
      const name = `docker://${registry.address}/team/app:v${index}`;
      const seen = await tools.skopeo(['inspect', '--tls-verify=false', name]);
      expect(JSON.parse(seen.stdout)).toMatchObject({ Digest: digest });
      // Every layer is read and hashed.
      const copied = await tools.skopeo([
        ...['copy', '--src-tls-verify=false', '--preserve-digests', name],
        `dir:/run/regent-lab/copied-${index}`,
      ]);
      expect([copied.status, copied.stderr]).toEqual([0, expect.any(String)]);
    }
    expect(unfinishedBytes(registry, 'team/app')).toBe(0);
  });

  it('uploads in one piece and in chunks, and leaves no upload behind', async () => {
    const registry = await ownRegistry();
    const place = placeIn(registry, 'team/app');
    for (const [index, options] of [{}, { chunkSize: MIB }].entries()) {
      const source = sourceOf(randomBytes(5 * MIB + index));
      await expect(blobExists(place, source.digest)).resolves.toBe(false);
      await uploadBlob(place, source, undefined, options);
      await expect(blobExists(place, source.digest)).resolves.toBe(true);
    }
    const wrong = { ...sourceOf(Buffer.from('right')), open: () => slicesOf(Buffer.from('wrong')) };
    for (const options of [{}, { chunkSize: 2 }]) {
      const failing = uploadBlob(place, wrong, undefined, options);
      await expect(failing).rejects.toHaveProperty('code', 'DIGEST_MISMATCH');
    }
    expect(unfinishedBytes(registry, 'team/app')).toBe(0);
  });

  it('tells the registry to forget an upload that is cancelled in the middle', async () => {
    const registry = await ownRegistry();
    for (const options of [{}, { chunkSize: MIB }]) {
      const stop = new AbortController();
      const place = placeIn(registry, 'team/app', stop.signal);
      const source = sourceOf(randomBytes(64 * MIB));
      const tell = (sent: number) => {
        if (sent > 8 * MIB) stop.abort();
      };
      await expect(uploadBlob(place, source, tell, options)).rejects.toHaveProperty(
        'code',
        'CANCELLED',
      );
      await expect(blobExists(placeIn(registry, 'team/app'), source.digest)).resolves.toBe(false);
    }
    const log = readFileSync(registry.logPath, 'utf8');
    expect(log.match(/"DELETE \/v2\/team\/app\/blobs\/uploads\//g)).toHaveLength(2);
  });

  it('mounts a blob from another repository, with a token for both', async () => {
    const registry = await startTokenRegistry();
    const source = sourceOf(randomBytes(1000));
    await uploadBlob(placeIn(registry, 'team/base'), source);
    const place = placeIn(registry, 'team/app');
    const elsewhere = sourceOf(randomBytes(9));
    const unknown = uploadBlob(place, elsewhere, undefined, { mountFrom: 'team/base' });
    await expect(unknown).resolves.toBe('uploaded');
    await expect(blobExists(place, elsewhere.digest)).resolves.toBe(true);
    const again = uploadBlob(place, source, undefined, { mountFrom: 'team/base' });
    await expect(again).resolves.toBe('mounted');
    await expect(blobExists(place, source.digest)).resolves.toBe(true);
    const { granted } = registry.asked().findLast(({ scopes }) => scopes.length > 1) ?? {};
    expect(granted).toEqual(['repository:team/app:pull,push', 'repository:team/base:pull']);
    await registry.stop();
  });

  it('gives an image one more tag, byte for byte', async () => {
    const registry = await ownRegistry();
    const place = placeIn(registry, 'team/app');
    const layer = await layerOf([{ path: 'a', content: 'a' }]);
    const index = await pushIndex(
      place,
      [imageOf([layer], {}), imageOf([layer], { architecture: 'arm64' })],
      '1.0',
    );
    const docker = await push(place, imageOf([layer], { format: 'docker' }), 'docker');
    await expect(retag(place, '1.0', 'stable')).resolves.toEqual({ digest: index, replaced: null });
    await expect(retag(place, '1.0', 'stable')).resolves.toEqual({ digest: index, replaced: null });
    await expect(retag(place, docker, 'stable')).resolves.toEqual({
      ...{ digest: docker, replaced: index },
    });
    expect((await fetchManifest(place, 'stable')).bytes).toEqual(
      (await fetchManifest(place, 'docker')).bytes,
    );
    await expect(headManifest(place, 'stable')).resolves.toMatchObject({ digest: docker });
    await expect(retag(place, 'nothing', 'x')).rejects.toHaveProperty('code', 'TAG_NOT_FOUND');
    await expect(retag(place, '1.0', '../x')).rejects.toHaveProperty('code', 'REFERENCE_INVALID');
  });

  it('says what a registry does not take', async () => {
    const registry = await ownRegistry();
    const place = placeIn(registry, 'team/app');
    const image = imageOf([await layerOf([{ path: 'a', content: 'a' }])], {});
    const { bytes, digest } = image.manifest;
    const manifest = { mediaType: image.mediaType, bytes };
    await expect(putManifest(place, '1.0', manifest)).rejects.toMatchObject({
      code: 'REGISTRY_ERROR',
      data: { detail: expect.stringContaining('BLOB_UNKNOWN') },
    });
    const other = digest.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
    await expect(putManifest(place, other, manifest)).rejects.toHaveProperty(
      'code',
      'DIGEST_MISMATCH',
    );
    const nobody = placeIn(registry, 'team/app', calm, { username: '', password: '' });
    await expect(push(nobody, image, '1.0')).rejects.toHaveProperty('code', 'SIGN_IN_REQUIRED');
  });
});
