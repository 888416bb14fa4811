import { type Blob, blobOf } from '../lab/image-parts.ts';
import type { Reply, SeenRequest } from './registry.ts';

/** What a fake registry serves under `manifests/` and `blobs/`, by reference. */
export type Content = Readonly<Record<string, Reply>>;

/** JSON as bytes with their digest. */
export const jsonBlob = (value: unknown): Blob => blobOf(Buffer.from(JSON.stringify(value)));

/** A descriptor of these bytes. */
export const describeBlob = (mediaType: string, { bytes, digest }: Blob, more: object = {}) => ({
  mediaType,
  digest,
  size: bytes.length,
  ...more,
});

/** A manifest as a registry sends it. */
export const manifestReply = (mediaType: string, { bytes, digest }: Blob): Reply => ({
  headers: { 'content-type': mediaType, 'docker-content-digest': digest },
  body: bytes,
});

/** Answers from content for one repository. */
export const serveContent =
  (repository: string, content: Content) =>
  ({ path }: SeenRequest): Reply | undefined => {
    const match = new RegExp(`^/v2/${repository}/(?:manifests|blobs)/(.+)$`).exec(path);
    if (!match) return undefined;
    return (
      content[match[1] ?? ''] ?? { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } }
    );
  };
