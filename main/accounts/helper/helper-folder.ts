import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { foldersOnPath } from '../../platform/find-on-path.ts';

/** Who installs, and where to. */
export interface Installer {
  readonly home: string;
  /** The PATH that docker is started with. */
  readonly path: string;
  readonly isRoot: boolean;
  /** Where a system administrator puts programs of the whole machine. */
  readonly systemFolder: string;
  /** By default that of this process. */
  readonly platform?: NodeJS.Platform;
}

/**
 * Chooses where the helper goes: for root /usr/local/bin; for a user ~/.local/bin, ~/bin, or else the first folder of
 * the PATH that is the user's own to write. Where there is none, the first choice, which is then not on the PATH. On
 * Windows it is the folder that the system puts on every user's PATH for programs of their own. It may not be there yet.
 */
export async function chooseHelperFolder(installer: Installer): Promise<string> {
  const folders = foldersOnPath(installer.path);
  if ((installer.platform ?? process.platform) === 'win32')
    return windowsFolder(installer, folders);
  const own = [join(installer.home, '.local', 'bin'), join(installer.home, 'bin')];
  const wanted = installer.isRoot ? [installer.systemFolder, ...own] : own;
  const found = wanted.find((folder) => folders.includes(folder));
  if (found) return found;
  if (!installer.isRoot) {
    for (const folder of folders) {
      if (await isLastingAndWritable(folder)) return folder;
    }
  }
  return wanted[0] ?? installer.systemFolder;
}

/** Windows takes names of folders in any case. */
function windowsFolder({ home }: Installer, folders: readonly string[]): string {
  const folder = join(home, 'AppData', 'Local', 'Microsoft', 'WindowsApps');
  return folders.find((one) => one.toLowerCase() === folder.toLowerCase()) ?? folder;
}

/** npm puts folders of its own on the PATH of its scripts, which are not there in a terminal. */
async function isLastingAndWritable(folder: string): Promise<boolean> {
  if (folder.split(sep).includes('node_modules') || `${folder}${sep}`.startsWith(tmpdir() + sep)) {
    return false;
  }
  try {
    await access(folder, constants.W_OK);
    const found = await stat(folder);
    return found.isDirectory() && (found.mode & 0o002) === 0;
  } catch {
    return false;
  }
}
