import type { Manifest } from '../describe/fetch-manifest.ts';
import { type JsonObject, listOf, objectOf, objectOrEmpty } from '../describe/read-value.ts';

/** The file by which a folder is known as an OCI layout (OCI image specification, image-layout.md). */
export const LAYOUT_FILE = 'oci-layout';
/** Its content. */
export const LAYOUT_CONTENT = '{"imageLayoutVersion":"1.0.0"}';

const REF_NAME = 'org.opencontainers.image.ref.name';
const INDEX = 'application/vnd.oci.image.index.v1+json';

/** What an image is called in a layout: its tag, and its whole name; null where it was meant by digest. */
export interface LayoutName {
  readonly tag: string;
  readonly full: string;
}

/** Where a layout has the blob or manifest of a digest, with slashes. */
export function blobPath(digest: string): string {
  return `blobs/${digest.replace(':', '/')}`;
}

/** The index of a layout with one image in it. */
export function layoutIndex(root: Manifest, name: LayoutName | null): Buffer {
  return write([entryOf(root, name)]);
}

/**
 * The index of a layout with one image more; one of the same name gives way.
 * @param text the index as it is
 * @throws Error for what is none
 */
export function addToIndex(text: string, root: Manifest, name: LayoutName | null): Buffer {
  const others = listOf(objectOf(JSON.parse(text)).manifests).filter((entry) => {
    const found = nameOf(entry);
    return name === null || found === undefined
      ? found !== undefined || objectOrEmpty(entry).digest !== root.digest
      : found !== name.tag;
  });
  return write([...others, entryOf(root, name)]);
}

/** The digest that a name stands for in a layout; undefined where it has none of that name. @throws Error for no index */
export function digestInIndex(text: string, tag: string): unknown {
  const entries = listOf(objectOf(JSON.parse(text)).manifests);
  return objectOrEmpty(entries.find((entry) => nameOf(entry) === tag)).digest;
}

function nameOf(entry: unknown): unknown {
  return objectOrEmpty(objectOrEmpty(entry).annotations)[REF_NAME];
}

function entryOf({ mediaType, digest, bytes }: Manifest, name: LayoutName | null): JsonObject {
  return {
    ...{ mediaType, digest, size: bytes.length },
    // By the first one skopeo and podman find it; by the second one containerd and Docker name what they load.
    ...(name && { annotations: { [REF_NAME]: name.tag, 'io.containerd.image.name': name.full } }),
  };
}

function write(manifests: readonly unknown[]): Buffer {
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
}
