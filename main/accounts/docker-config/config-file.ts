import type { Stats } from 'node:fs';
import { lstat, mkdir, readFile, readlink, rmdir, unlink } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { RegentError } from '../../../shared/errors/index.ts';
import { type WriteOptions, writeAtomically } from '../../platform/write-atomically.ts';
import { readSettings } from './read-settings.ts';

/** A file as it was read: where it really is behind links, and what is to be kept of it. */
export interface ConfigFile {
  /** The path without links. */
  readonly target: string;
  /** Null when there is no file. */
  readonly text: string | null;
  readonly mode: number;
  readonly owner: { readonly uid: number; readonly gid: number } | undefined;
}

/** Says that somebody changed the file between reading and writing. */
export class FileChanged extends Error {
  override readonly name = 'FileChanged';
}

/**
 * Reads a file of somebody else's for changing it later.
 * @throws RegentError `DOCKER_CONFIG_INVALID` when it is not UTF-8, `TRUST_TARGET_UNSAFE` where root would follow
 * somebody else's link, `FILE_FAILED`
 */
export async function readConfigFile(path: string): Promise<ConfigFile> {
  const target = await followLinks(path);
  const found = await readSettings(target, path);
  if (!found) return { target, text: null, mode: 0o600, owner: undefined };
  const { text, stat } = found;
  if (text === undefined) throw new RegentError('DOCKER_CONFIG_INVALID', { path });
  const { mode, uid, gid } = stat;
  return { target, text, mode: mode & 0o7777, owner: { uid, gid } };
}

/** The first folder that must be made before the file can be written; null when all are there. */
export async function missingFolder(target: string): Promise<string | null> {
  let missing: string | null = null;
  for (let folder = dirname(target); folder !== dirname(folder); folder = dirname(folder)) {
    const isThere = await lstat(folder).then(
      () => true,
      () => false,
    );
    if (isThere) break;
    missing = folder;
  }
  return missing;
}

/**
 * Replaces the file as a whole, keeping mode and owner; answers the first folder that had to be made, or null.
 * @throws FileChanged when it is no longer what was read, RegentError `FILE_FAILED`
 */
export async function replaceConfigFile(file: ConfigFile, text: string): Promise<string | null> {
  const { target, mode, owner } = file;
  const isRoot = process.getuid?.() === 0;
  const options: WriteOptions = {
    mode,
    ...(isRoot && owner ? { owner } : {}),
    check: () => requireUnchanged(file),
  };
  try {
    const made = await mkdir(dirname(target), { recursive: true, mode: 0o700 });
    await writeAtomically(target, text, options);
    return made ?? null;
  } catch (error) {
    throw error instanceof FileChanged ? error : fileFailed(target, error);
  }
}

/** Removes the file, and the folder that was made for it if it is empty. @throws FileChanged, RegentError `FILE_FAILED` */
export async function removeConfigFile(file: ConfigFile, madeFolder: string | null): Promise<void> {
  try {
    await requireUnchanged(file);
    await unlink(file.target);
  } catch (error) {
    if (error instanceof FileChanged) throw error;
    if (codeOf(error) !== 'ENOENT') throw fileFailed(file.target, error);
  }
  await removeEmptyFolders(dirname(file.target), madeFolder);
}

/** Removes empty folders from `folder` up to `last`; nothing when `last` is null or not above it. */
export async function removeEmptyFolders(folder: string, last: string | null): Promise<void> {
  if (last === null || !`${folder}/`.startsWith(`${last}/`)) return;
  try {
    await rmdir(folder);
  } catch (error) {
    // One that is gone already was removed before a kill; one that is not empty stays, with all above it.
    if (codeOf(error) !== 'ENOENT') return;
  }
  if (folder !== last) await removeEmptyFolders(dirname(folder), last);
}

async function requireUnchanged({ target, text }: ConfigFile): Promise<void> {
  const now = await readFile(target).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  });
  const same = now === null ? text === null : text !== null && Buffer.from(text).equals(now);
  if (!same) throw new FileChanged(target);
}

/** Where a path leads, also when there is nothing at the end yet: docker writes through dangling links too. */
async function followLinks(path: string): Promise<string> {
  let current = path;
  for (let hops = 0; hops < 40; hops += 1) {
    const found = await lstatIfThere(current);
    if (!found?.isSymbolicLink()) return current;
    const next = resolve(dirname(current), await readlink(current));
    await requireOwnLink(current, found, next);
    current = next;
  }
  throw new RegentError('FILE_FAILED', { path, reason: 'ELOOP' });
}

/** A user's link must not lead root to what is not that user's: nothing would be made there, or changed, in root's name. */
async function requireOwnLink(path: string, { uid }: Stats, next: string): Promise<void> {
  if (process.geteuid?.() !== 0 || uid === 0 || (await lstatIfThere(next))?.uid === uid) return;
  throw new RegentError('TRUST_TARGET_UNSAFE', { path, reason: 'symbolicLink' });
}

const lstatIfThere = (path: string) => lstat(path).catch(() => undefined);

const fileFailed = (path: string, error: unknown) =>
  new RegentError('FILE_FAILED', { path, reason: codeOf(error) ?? '' }, error);

const codeOf = (error: unknown) => (error as NodeJS.ErrnoException).code;
