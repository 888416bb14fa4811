import { lstat, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import { isGuarded } from '../files/is-guarded.ts';
import { recipientId } from '../files/login-folder.ts';

/** Shorter than what any system allows for the path of a socket: 104 bytes on macOS, with its final NUL. */
const PATH_LIMIT = 100;

/** For a name of its own while the socket is made: `-` and 8 hex digits. */
const SPARE = 9;

/**
 * Where the agent for a recipient's logins listens, the best place first: the user's runtime folder, which the system
 * takes away when the user's last session ends, or else Regent's data folder.
 */
export function agentSockets(
  dataFolder: string,
  env: NodeJS.ProcessEnv,
  recipient: string,
): readonly string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  const folders = [...(runtime ? [join(runtime, 'regent')] : []), join(dataFolder, 'run')];
  return folders.map((folder) => join(folder, `${recipientId(recipient)}.sock`));
}

/**
 * Makes the folder of the first place that can be used: it, and nobody else, belongs to this user.
 * @throws RegentError `UNLOCK_FAILED` with the last place's fault
 */
export async function prepareSocket(sockets: readonly string[]): Promise<string> {
  let fault = '';
  for (const socket of sockets) {
    if (Buffer.byteLength(socket) + SPARE > PATH_LIMIT) {
      fault = 'ENAMETOOLONG';
      continue;
    }
    const folder = dirname(socket);
    try {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      if (await isPrivateFolder(folder)) return socket;
      fault = `EPERM ${folder}`;
    } catch (error) {
      fault = `${(error as NodeJS.ErrnoException).code} ${folder}`;
    }
  }
  throw new RegentError('UNLOCK_FAILED', { detail: fault });
}

/** Whether what listens there can only be this user's: otherwise it would be handed files, and believed. */
export async function isOwnSocket(socket: string): Promise<boolean> {
  try {
    const stat = await lstat(socket);
    return stat.isSocket() && isOwn(stat.uid) && (await isPrivateFolder(dirname(socket)));
  } catch {
    return false;
  }
}

async function isPrivateFolder(folder: string): Promise<boolean> {
  const stat = await lstat(folder);
  const isPrivate = stat.isDirectory() && isOwn(stat.uid) && (stat.mode & 0o077) === 0;
  return isPrivate && isGuarded(dirname(folder));
}

const isOwn = (uid: number) => uid === process.geteuid?.();
