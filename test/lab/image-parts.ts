import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import tar from 'tar-stream';

/** Bytes with their address. */
export interface Blob {
  readonly bytes: Buffer;
  readonly digest: string;
}

/** A layer as registries keep it, with the digest of its uncompressed tar (the image config's `diff_ids`). */
export interface Layer extends Blob {
  readonly diffId: string;
}

/** One file of a layer, or a symbolic link. */
export type LayerFile =
  | { readonly path: string; readonly content: Buffer | string; readonly mode?: number }
  | { readonly path: string; readonly linkTo: string };

/** `sha256:` and 64 hexadecimal digits. */
export const digestOf = (bytes: Buffer): string =>
  `sha256:${createHash('sha256').update(bytes).digest('hex')}`;

/** Bytes addressed by their digest. */
export const blobOf = (bytes: Buffer): Blob => ({ bytes, digest: digestOf(bytes) });

/**
 * A gzipped tar layer; the same files always give the same bytes. Default mode 0644.
 * @param level how hard gzip tries: 0 (stored, right for random bytes) to 9
 */
export async function layerOf(files: readonly LayerFile[], level = 1): Promise<Layer> {
  const pack = tar.pack();
  // A fixed time: content decides the digest, nothing else does.
  const owner = { mtime: new Date(0), uid: 0, gid: 0 };
  for (const file of files) {
    const { path: name } = file;
    if ('linkTo' in file) pack.entry({ ...owner, name, type: 'symlink', linkname: file.linkTo });
    else pack.entry({ ...owner, name, mode: file.mode ?? 0o644 }, file.content);
  }
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const plain = Buffer.concat(chunks);
  return { ...blobOf(gzipSync(plain, { level })), diffId: digestOf(plain) };
}

/** Which image manifest is written: the OCI one, or Docker's schema 2. */
export type ManifestFormat = 'oci' | 'docker';

/** Media types by format, from the OCI image specification and Docker's image manifest version 2, schema 2. */
export const mediaTypes = {
  oci: {
    manifest: 'application/vnd.oci.image.manifest.v1+json',
    index: 'application/vnd.oci.image.index.v1+json',
    config: 'application/vnd.oci.image.config.v1+json',
    layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
  },
  docker: {
    manifest: 'application/vnd.docker.distribution.manifest.v2+json',
    index: 'application/vnd.docker.distribution.manifest.list.v2+json',
    config: 'application/vnd.docker.container.image.v1+json',
    layer: 'application/vnd.docker.image.rootfs.diff.tar.gzip',
  },
} as const;

/** An image for one platform, ready to be pushed: its blobs, then its manifest. */
export interface Image {
  readonly architecture: string;
  readonly blobs: readonly Blob[];
  readonly manifest: Blob;
  readonly mediaType: string;
}

/** Puts layers together to a Linux image that runs `/bin/sh`. */
export function imageOf(
  layers: readonly Layer[],
  { architecture = 'amd64', format = 'oci' as ManifestFormat, created = '2026-01-02T03:04:05Z' },
): Image {
  const types = mediaTypes[format];
  const config = blobOf(
    Buffer.from(
      JSON.stringify({
        architecture,
        os: 'linux',
        created,
        config: { Cmd: ['/bin/sh'], Env: ['PATH=/bin'], Labels: { 'test.regent': 'lab' } },
        rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
        history: layers.map((_, i) => ({ created, created_by: `lab layer ${i + 1}` })),
      }),
    ),
  );
  const describeBlob = (mediaType: string, { bytes, digest }: Blob) => ({
    ...{ mediaType, size: bytes.length, digest },
  });
  const manifest = blobOf(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: types.manifest,
        config: describeBlob(types.config, config),
        layers: layers.map((layer) => describeBlob(types.layer, layer)),
      }),
    ),
  );
  return { architecture, blobs: [config, ...layers], manifest, mediaType: types.manifest };
}

/** An index (manifest list) over images for several platforms. */
export function indexOf(images: readonly Image[], format: ManifestFormat = 'oci'): Blob {
  return blobOf(
    Buffer.from(
      JSON.stringify({
        schemaVersion: 2,
        mediaType: mediaTypes[format].index,
        manifests: images.map(({ architecture, manifest, mediaType }) => ({
          ...{ mediaType, size: manifest.bytes.length, digest: manifest.digest },
          platform: { architecture, os: 'linux' },
        })),
      }),
    ),
  );
}
