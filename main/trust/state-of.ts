import { readFile } from 'node:fs/promises';
import { statIfThere } from '../platform/check-folder.ts';
import { asideOf, type Operation } from './operations/operation.ts';
import { stateOfOwnFile } from './operations/own-file.ts';

/** Whether a change still is as it was made. */
export type FileState = 'there' | 'missing' | 'changed';

/** Holds an operation against the disk. Reads only. */
export async function stateOf(
  operation: Exclude<Operation, { kind: 'reload' | 'run' }>,
): Promise<FileState> {
  switch (operation.kind) {
    case 'own-file':
      return stateOfOwnFile(operation);
    case 'edit': {
      const bytes = await readFile(operation.path, 'utf8').catch(() => undefined);
      if (bytes === undefined) return 'missing';
      return operation.edit.has(bytes) ? 'there' : 'missing';
    }
    case 'set-aside': {
      const { path } = operation;
      const kept = await statIfThere(asideOf(path)).catch(() => undefined);
      if (!kept) return 'missing';
      return (await statIfThere(path).catch(() => undefined)) ? 'changed' : 'there';
    }
  }
}
