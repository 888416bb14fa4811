import type { Architecture } from './greeter.ts';
import { digestOf, type Layer } from './layer.ts';

/** Bytes with their address and, for manifests, their media type. */
export interface Blob {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly mediaType: string;
}

/** A manifest with all that it names. */
export interface Image {
  readonly manifest: Blob;
  readonly architecture: Architecture;
  readonly blobs: readonly Blob[];
}

/** Media types of the OCI image specification 1.1. */
const MEDIA = {
  index: 'application/vnd.oci.image.index.v1+json',
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
} as const;

/** Puts layers together to a Linux image that runs `/greet`. `created` is ISO 8601. */
export function assembleImage(
  architecture: Architecture,
  created: string,
  layers: readonly Layer[],
): Image {
  const config = jsonBlob(MEDIA.config, {
    created,
    architecture,
    os: 'linux',
    config: { Env: ['PATH=/'], Cmd: ['/greet'], WorkingDir: '/' },
    rootfs: { type: 'layers', diff_ids: layers.map((layer) => layer.diffId) },
    history: layers.map((layer) => ({ created, created_by: layer.comment })),
  });
  const blobs = layers.map(({ bytes, digest }) => ({ bytes, digest, mediaType: MEDIA.layer }));
  const manifest = jsonBlob(MEDIA.manifest, {
    schemaVersion: 2,
    mediaType: MEDIA.manifest,
    config: describe(config),
    layers: blobs.map(describe),
  });
  return { manifest, architecture, blobs: [config, ...blobs] };
}

/** Puts images for several platforms behind one digest. */
export function assembleIndex(images: readonly Image[]): Blob {
  return jsonBlob(MEDIA.index, {
    schemaVersion: 2,
    mediaType: MEDIA.index,
    manifests: images.map(({ manifest, architecture }) => ({
      ...describe(manifest),
      platform: { architecture, os: 'linux' },
    })),
  });
}

function describe({ mediaType, digest, bytes }: Blob) {
  return { mediaType, digest, size: bytes.length };
}

function jsonBlob(mediaType: string, value: unknown): Blob {
  const bytes = Buffer.from(JSON.stringify(value));
  return { bytes, digest: digestOf(bytes), mediaType };
}
