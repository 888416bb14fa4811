import { gzipSync } from 'node:zlib';
import tar, { type Header } from 'tar-stream';
import type { LayerToRead, OpenLayer } from '../../../../main/registry/files/read-layer.ts';
import { digestOf } from '../../../lab/image-parts.ts';

/** One entry of a test's archive. */
export type Member = Partial<Header> & {
  readonly name: string;
  readonly content?: string | Buffer;
};

/** An archive of these entries, as tar-stream packs it. */
export async function tarOf(members: readonly Member[]): Promise<Buffer> {
  const pack = tar.pack();
  for (const { content, ...header } of members) {
    pack.entry({ mtime: new Date(0), ...header }, content ?? '');
  }
  pack.finalize();
  const pieces: Buffer[] = [];
  for await (const piece of pack) pieces.push(piece as Buffer);
  return Buffer.concat(pieces);
}

/** Layers that a test has in memory. */
export interface Shelf {
  readonly layers: readonly LayerToRead[];
  readonly open: OpenLayer;
  /** The digests of the layers that were read, in the order in which they were opened. */
  readonly opened: readonly string[];
}

/** Puts bytes on a shelf as layers, each given out in pieces of so many bytes. */
export function shelfOf(blobs: readonly Buffer[], piece = 1000): Shelf {
  const opened: string[] = [];
  const byDigest = new Map(blobs.map((bytes) => [digestOf(bytes), bytes]));
  return {
    opened,
    layers: blobs.map((bytes) => ({
      ...{ digest: digestOf(bytes), size: bytes.length },
      mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
    })),
    open: async function* ({ digest }) {
      opened.push(digest);
      const bytes = byDigest.get(digest) ?? Buffer.alloc(0);
      for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
    },
  };
}

/** Layers of these entries, packed by gzip. */
export async function shelfOfMembers(...layers: readonly (readonly Member[])[]): Promise<Shelf> {
  const blobs = await Promise.all(layers.map(async (members) => gzipSync(await tarOf(members))));
  return shelfOf(blobs);
}

/** A file with its content. */
export const file = (name: string, content = name, more: Partial<Header> = {}): Member => ({
  ...{ name, content, mode: 0o644, ...more },
});

/** A folder. */
export const folder = (name: string, mode = 0o755): Member => ({ name, type: 'directory', mode });
