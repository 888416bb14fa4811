import { createCipheriv, createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import tar from 'tar-stream';

/** One file of a layer; a path that ends with `/` is a folder. `mode` is 0644 (folders 0755) unless given. */
export interface LayerFile {
  readonly path: string;
  readonly content?: Buffer | string;
  readonly mode?: number;
}

/** A layer as a registry keeps it. `diffId` is the digest of the tar before compression. */
export interface Layer {
  readonly bytes: Buffer;
  readonly digest: string;
  readonly diffId: string;
  readonly comment: string;
}

const compress = promisify(gzip);

/** `sha256:` and 64 hexadecimal digits, as the OCI image specification writes digests. */
export function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Packs files into a gzipped tar; the same files give the same bytes. `comment` goes to the image's history. */
export async function packLayer(comment: string, files: readonly LayerFile[]): Promise<Layer> {
  const pack = tar.pack();
  for (const { path, content = '', mode } of files) {
    const isFolder = path.endsWith('/');
    const header = {
      name: path,
      type: isFolder ? ('directory' as const) : ('file' as const),
      mode: mode ?? (isFolder ? 0o755 : 0o644),
      mtime: new Date(0),
      uid: 0,
      gid: 0,
    };
    pack.entry(header, isFolder ? '' : content);
  }
  pack.finalize();
  const chunks: Buffer[] = [];
  for await (const chunk of pack) chunks.push(chunk as Buffer);
  const plain = Buffer.concat(chunks);
  const bytes = await compress(plain, { level: 1 });
  return { bytes, digest: digestOf(bytes), diffId: digestOf(plain), comment };
}

/** Bytes that do not compress, the same ones for the same name, so that a pull has something to carry. */
export function ballast(name: string, length: number): Buffer {
  const key = createHash('sha256').update(name).digest().subarray(0, 16);
  return createCipheriv('aes-128-ctr', key, Buffer.alloc(16)).update(Buffer.alloc(length));
}
