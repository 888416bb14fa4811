import type { FileChange, PackageChange } from '../../../shared/model/image-comparison.ts';
import type { CommandContext } from '../command.ts';
import { follow } from '../follow.ts';
import { readingStatus } from './reading-status.ts';

/** How two images differ by their files and packages. `unread`: whose lists of packages are not read. */
export interface FileChanges {
  readonly files: readonly FileChange[];
  readonly packages: readonly PackageChange[];
  readonly unread: readonly 'rpm'[];
}

type Both = Parameters<CommandContext['client']['repositories']['compareFiles']>[0];

/** Compares the files of two images, showing how far that is. */
export async function collectFileChanges(
  context: CommandContext,
  both: Both,
): Promise<FileChanges> {
  const { client, signal } = context;
  const files: FileChange[] = [];
  let rest: Omit<FileChanges, 'files'> = { packages: [], unread: [] };
  const showStatus = readingStatus(context);
  const events = await client.repositories.compareFiles(both, { signal });
  await follow(events, signal, (event) => {
    if (event.type === 'progress') showStatus(event);
    else if (event.type === 'files') files.push(...event.files);
    else rest = { packages: event.packages, unread: event.unread };
    return undefined;
  });
  signal.throwIfAborted();
  return { files, ...rest };
}
