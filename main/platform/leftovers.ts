import { lstat, readdir, unlink } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** A fresh name for what shall take a file's place, beside it: what a kill leaves there, `removeLeftovers` knows. */
export function temporaryBeside(path: string): string {
  return join(dirname(path), `.${basename(path)}.${sixBytes()}`);
}

/** In hex. The global `crypto`, as loading Node's module of that name takes the credential helper 2 ms. */
function sixBytes(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(6))).toString('hex');
}

/** What writes of this very file left behind that were killed (see `writeAtomically`): files and links, whosever. */
export async function findLeftovers(path: string): Promise<readonly string[]> {
  const folder = dirname(path);
  const start = `.${basename(path)}.`;
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .filter(({ name }) => name.startsWith(start) && /^[0-9a-f]{12}$/.test(name.slice(start.length)))
    .map(({ name }) => join(folder, name));
}

/**
 * Removes those that are this user's; only for who holds the lock of such writes. What somebody else gave such a name
 * stays, and is in nobody's way. @throws NodeJS.ErrnoException
 */
export async function removeLeftovers(path: string): Promise<void> {
  for (const leftover of await findLeftovers(path)) {
    try {
      if (await isOurs(leftover, path)) await unlink(leftover);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
  }
}

/** Root gives what it writes to the owner of the file that it replaces. */
async function isOurs(leftover: string, path: string): Promise<boolean> {
  const user = process.geteuid?.();
  const { uid } = await lstat(leftover);
  if (user === undefined || uid === user) return true;
  return user === 0 && (await lstat(path)).uid === uid;
}
