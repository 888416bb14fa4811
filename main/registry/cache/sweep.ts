import { readdir, rm, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../platform/clock.ts';
import { inParallel } from '../describe/in-parallel.ts';

/** How much may be kept. */
export interface Bounds {
  readonly bytes: number;
  readonly files: number;
}

/** A file of the cache. `usedAt` in milliseconds since 1970. */
interface KeptFile {
  readonly path: string;
  readonly bytes: number;
  readonly usedAt: number;
}

/** What is left of the bounds after tidying up, so that it need not be done again at once. */
const ROOM = 0.8;
/** After this long, in milliseconds, nobody writes on at a temporary file. */
const ABANDONED_AFTER = 3_600_000;
/** Lists of what was seen in a repository: a hundred thousand repositories are more than anybody opens. */
const NOTES = 4_000;

/** Counts what is in a folder and in those below it. What vanishes meanwhile is not counted. */
export async function measure(folder: string): Promise<{ bytes: number; files: number }> {
  const files = await listFiles(folder);
  return { files: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/**
 * Brings a folder of content within its bounds: what was used least recently goes first, and what was abandoned half
 * written. Others may write, read and tidy up at the same time; what they removed first is removed.
 * @throws NodeJS.ErrnoException when the folder can't be read
 */
export async function sweep(folder: string, bounds: Bounds, clock: Clock): Promise<void> {
  const abandoned = clock.now() - ABANDONED_AFTER;
  for (const { path, usedAt } of await listFiles(join(folder, 'ingest'))) {
    if (usedAt < abandoned) await discard(path);
  }
  await keepWithin(join(folder, 'seen'), { bytes: bounds.bytes / 8, files: NOTES });
  await keepWithin(join(folder, 'blobs'), bounds);
}

/** Removes what was used least recently until a folder is within its bounds, with some room to spare. */
export async function keepWithin(folder: string, bounds: Bounds): Promise<void> {
  const files = [...(await listFiles(folder))].sort((a, b) => a.usedAt - b.usedAt);
  let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  let count = files.length;
  if (bytes <= bounds.bytes && count <= bounds.files) return;
  for (const file of files) {
    if (bytes <= bounds.bytes * ROOM && count <= bounds.files * ROOM) return;
    await discard(file.path);
    bytes -= file.bytes;
    count -= 1;
  }
}

/** Removes all files in a folder; the folders stay, as other processes write there. */
export async function empty(folder: string): Promise<void> {
  for (const { path } of await listFiles(folder)) await discard(path);
}

/** Removes a folder with all that is in it, if there is one. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

async function listFiles(folder: string): Promise<readonly KeptFile[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(nothingIfGone);
  const below = entries.filter((entry) => entry.isDirectory());
  const inside = await inParallel(below, 1, ({ name }) => listFiles(join(folder, name)));
  const own = entries.filter((entry) => entry.isFile()).map(({ name }) => join(folder, name));
  const found = await inParallel(own, 8, async (path): Promise<readonly KeptFile[]> => {
    const facts = await stat(path).catch(() => undefined);
    return facts ? [{ path, bytes: facts.size, usedAt: facts.mtimeMs }] : [];
  });
  return [...inside.flat(), ...found.flat()];
}

function nothingIfGone(error: NodeJS.ErrnoException): never[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** On Windows a file that somebody reads stays until the next time. */
async function discard(path: string): Promise<void> {
  await unlink(path).catch(() => undefined);
}
