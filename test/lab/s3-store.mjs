// What s3rver stores, mended: it answers before a file is written, lists no folder that has only folders in it, and
// can't tell of uploads that are under way.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import S3Object from 's3rver/lib/models/object.js';
import FilesystemStore from 's3rver/lib/stores/filesystem.js';

/** The end of the names of files with objects in them. */
const OBJECT = '._S3rver_object';

/** @param {Readable | Buffer} content @param {string} path */
async function keep(content, path) {
  const hash = createHash('md5');
  let size = 0;
  /** @param {AsyncIterable<Buffer>} pieces */
  async function* count(pieces) {
    for await (const piece of pieces) {
      hash.update(piece);
      size += piece.length;
      yield piece;
    }
  }
  await mkdir(dirname(path), { recursive: true });
  const pieces = Buffer.isBuffer(content) ? Readable.from([content]) : content;
  await pipeline(pieces, count, createWriteStream(path));
  return { size, md5: hash.digest('hex') };
}

/** Objects and unfinished uploads, in a folder. */
export class Store extends FilesystemStore {
  /** @param {string} bucket */
  uploads(bucket) {
    return this.getResourcePath(bucket, undefined, 'uploads');
  }

  /** @override @param {string} bucket @param {string} id @param {string | number} part @param {Readable} content */
  async putPart(bucket, id, part, content) {
    const path = join(this.uploads(bucket), id, String(part));
    const kept = await keep(content, path);
    await writeFile(`${path}.md5`, kept.md5);
    return kept;
  }

  /** @override @param {{ bucket: string, key: string, content: Readable | Buffer, metadata: object }} object */
  async putObject({ bucket, key, content, metadata }) {
    const kept = await keep(content, this.getResourcePath(bucket, key, 'object'));
    await this.putMetadata(bucket, key, metadata, kept.md5);
    return kept;
  }

  /** Folders stay, so that nobody lists one that goes. @override @param {string} bucket @param {string} key */
  async deleteObject(bucket, key) {
    for (const kind of ['object', 'object.md5', 'metadata.json']) {
      await rm(this.getResourcePath(bucket, key, kind), { force: true });
    }
  }

  /** @override @param {string} bucket @param {{ delimiter?: string, startAfter?: string, prefix?: string, maxKeys: number }} wanted */
  async listObjects(bucket, { delimiter = '', startAfter = '', prefix = '', maxKeys }) {
    const all = await readdir(this.getBucketPath(bucket), { recursive: true });
    const keys = all
      .filter((path) => path.startsWith(prefix) && path.endsWith(OBJECT))
      .map((path) => path.slice(0, -OBJECT.length))
      .sort();
    /** @param {string} key */
    const endOf = (key) => (delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length));
    const single = keys.filter((key) => key > startAfter && endOf(key) === -1);
    const folders = keys.filter((key) => endOf(key) !== -1);
    const objects = single.slice(0, maxKeys).map((key) =>
      this.getMetadata(bucket, key).then(
        (metadata) => [new S3Object(bucket, key, null, metadata)],
        // Gone meanwhile.
        () => [],
      ),
    );
    return {
      objects: (await Promise.all(objects)).flat(),
      commonPrefixes: [...new Set(folders.map((key) => key.slice(0, endOf(key) + 1)))],
      isTruncated: single.length > maxKeys,
    };
  }

  /** Uploads that have begun. @param {string} bucket @param {string} prefix */
  async listUploads(bucket, prefix) {
    const ids = await readdir(this.uploads(bucket)).catch(() => []);
    const uploads = ids.map(async (id) => {
      return { id, key: await readFile(join(this.uploads(bucket), id, 'key'), 'utf8') };
    });
    return (await Promise.all(uploads)).filter(({ key }) => key.startsWith(prefix));
  }

  /** What has come of an upload, in order. @param {string} bucket @param {string} id */
  async listParts(bucket, id) {
    const folder = join(this.uploads(bucket), id);
    const numbers = (await readdir(folder)).filter((name) => /^\d+$/.test(name)).map(Number);
    const parts = numbers.map(async (number) => ({
      number,
      size: (await stat(join(folder, String(number)))).size,
      md5: await readFile(join(folder, `${number}.md5`), 'utf8'),
    }));
    return (await Promise.all(parts)).sort((a, b) => a.number - b.number);
  }

  /** @param {string} bucket @param {string} id */
  async abortUpload(bucket, id) {
    await rm(join(this.uploads(bucket), id), { recursive: true });
  }

  /** An object's bytes, or those from one to another. @param {string} bucket @param {string} key @param {{ start: number, end: number } | undefined} range */
  read(bucket, key, range) {
    return createReadStream(this.getResourcePath(bucket, key, 'object'), range);
  }
}
