import { lstat, mkdir, readdir, readFile, realpath, rename, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { withFreeLock } from '../../platform/with-lock.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { checkRoom, flushFolder, standingAt } from './disk.ts';
import { keepBlob } from './keep-blob.ts';
import {
  addToIndex,
  blobPath,
  digestInIndex,
  LAYOUT_CONTENT,
  LAYOUT_FILE,
  layoutIndex,
} from './oci-layout.ts';
import { BLOBS_AT_ONCE, type Saving } from './save-order.ts';
import { together } from './together.ts';

const INDEX_FILE = 'index.json';

/**
 * Saves to a folder in the shape of an OCI layout. One that is there already gets the image as one more; a new one is
 * made under another name beside, `.NAME.partial`, which stays where something fails, and is gone on with by the next run.
 * @throws RegentError `SAVE_PATH_TAKEN`, `DISK_FULL`, `FILE_FAILED`, and as of `readBlob`; NodeJS.ErrnoException
 */
export async function saveToFolder(saving: Saving): Promise<void> {
  const found = await findLayout(saving);
  if (found !== null) {
    await withFreeLock(join(found, INDEX_FILE), () => addToLayout(saving, found));
    return;
  }
  const { path } = saving;
  const partial = join(dirname(path), `.${basename(path)}.partial`);
  await withFreeLock(partial, async () => {
    await ownFolder(partial);
    await fillLayout(saving, partial);
    await writeIndex(partial, layoutIndex(saving.gathered.root, saving.name));
    await takePlace(partial, saving);
  });
}

/** The layout that stands there already; null where a new one may be made. */
async function findLayout({ path, force }: Saving): Promise<string | null> {
  // A link is the user's own word on where it shall go.
  const real = await realpath(path).catch(() => path);
  const standing = await standingAt(real);
  if (standing === 'nothing') return null;
  if (standing !== 'folder') {
    if (force && standing === 'file') return null;
    throw new RegentError('SAVE_PATH_TAKEN', { path, kind: 'file' });
  }
  const names = await readdir(real);
  if (names.length === 0) return null;
  if (names.includes(LAYOUT_FILE) && names.includes(INDEX_FILE)) return real;
  throw new RegentError('SAVE_PATH_TAKEN', { path, kind: 'folder' });
}

async function addToLayout(saving: Saving, folder: string): Promise<void> {
  const { name, force, path, gathered } = saving;
  const read = () => readFile(join(folder, INDEX_FILE), 'utf8');
  const taken = name && readable(path, await read(), (text) => digestInIndex(text, name.tag));
  if (taken !== null && taken !== undefined && taken !== gathered.root.digest && !force) {
    throw new RegentError('SAVE_PATH_TAKEN', { path, kind: 'image' });
  }
  await fillLayout(saving, folder);
  const index = readable(path, await read(), (text) => addToIndex(text, gathered.root, name));
  await writeIndex(folder, index);
}

function readable<T>(path: string, text: string, read: (text: string) => T): T {
  try {
    return read(text);
  } catch (error) {
    throw new RegentError('SAVE_PATH_TAKEN', { path, kind: 'folder' }, error);
  }
}

/** Writes all blobs, and then the manifests as they need them. */
async function fillLayout(saving: Saving, folder: string): Promise<void> {
  const { place, gathered, progress, path } = saving;
  const { blobs, manifests } = gathered;
  await makeFolders(folder, [...blobs, ...manifests]);
  await checkRoom(folder, path, await missingBytes(saving, folder));
  // The largest first, so that none of them is left alone at the end.
  const largestFirst = [...blobs].sort((a, b) => b.size - a.size);
  await together(largestFirst, BLOBS_AT_ONCE, place.signal, (blob, signal) =>
    keepBlob({ ...place, signal }, blob, join(folder, blobPath(blob.digest)), progress),
  );
  for (const { digest, bytes } of manifests) {
    await writeAtomically(join(folder, blobPath(digest)), bytes, { mode: 0o644 });
  }
  await writeAtomically(join(folder, LAYOUT_FILE), LAYOUT_CONTENT, { mode: 0o644 });
}

/** Each folder on the way must be one: a link would lead out of the layout. */
async function makeFolders(folder: string, content: readonly { readonly digest: string }[]) {
  const algorithms = new Set(content.map(({ digest }) => dirname(blobPath(digest))));
  for (const part of ['blobs', ...algorithms]) await ownFolder(join(folder, part));
}

/** Makes a folder, or takes one that is the user's own already. @throws RegentError `FILE_FAILED` */
async function ownFolder(path: string): Promise<void> {
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  const found = await lstat(path);
  const user = process.geteuid?.();
  const isOwn = user === undefined || user === 0 || found.uid === user;
  if (found.isDirectory() && isOwn) return;
  throw new RegentError('FILE_FAILED', { path, reason: isOwn ? 'ENOTDIR' : 'EPERM' });
}

async function missingBytes({ gathered }: Saving, folder: string): Promise<number> {
  let missing = 0;
  for (const { digest, size } of gathered.blobs) {
    const path = join(folder, blobPath(digest));
    const there = await Promise.all([path, `${path}.partial`].map(lengthOf));
    missing += Math.max(0, size - Math.max(...there));
  }
  return missing;
}

async function lengthOf(path: string): Promise<number> {
  return lstat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

async function writeIndex(folder: string, content: Buffer): Promise<void> {
  await writeAtomically(join(folder, INDEX_FILE), content, { mode: 0o644 });
}

/** Gives the finished folder its name. */
async function takePlace(partial: string, { path, force }: Saving): Promise<void> {
  const standing = await standingAt(path);
  if (standing === 'folder') await rmdir(path);
  else if (standing === 'file' && force) await rm(path);
  else if (standing !== 'nothing') throw new RegentError('SAVE_PATH_TAKEN', { path, kind: 'file' });
  await rename(partial, path);
  await flushFolder(dirname(path));
}
