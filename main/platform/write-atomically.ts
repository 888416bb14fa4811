import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryBeside } from './leftovers.ts';

/** How a file shall be written. `mode` counts for the file as it will be; `owner` only where it may be set. */
export interface WriteOptions {
  readonly mode: number;
  readonly owner?: { readonly uid: number; readonly gid: number };
  /** Called last before the new file takes the old one's place; when it throws, nothing has happened. */
  readonly check?: () => Promise<void>;
  /**
   * What the change is sure to outlive once it is made; without it, a power cut. After a `kill` alone nothing waits for
   * the disk to note the new file's name: the file is whole, old or new, in both.
   */
  readonly survives?: 'kill' | 'power-cut';
}

/**
 * Writes a file so that at any moment it is whole, old or new: a temporary file beside it (created
 * exclusively, never through a link), flushed, renamed over it, the folder flushed.
 * @throws NodeJS.ErrnoException as the file system says it; the temporary file is gone then
 */
export async function writeAtomically(
  path: string,
  content: string | Uint8Array,
  options: WriteOptions,
): Promise<void> {
  const temporary = temporaryBeside(path);
  const file = await open(temporary, 'wx', options.mode);
  try {
    await file.writeFile(content);
    // By the open file: in a folder of somebody else's, the name may stand for another file by now.
    await file.chmod(options.mode);
    if (options.owner) await file.chown(options.owner.uid, options.owner.gid);
    await file.sync();
    await file.close();
    await options.check?.();
    await rename(temporary, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(temporary, { force: true });
    throw error;
  }
  if (options.survives !== 'kill') await flushFolder(dirname(path));
}

async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
