import { mkdir } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import type { BaseWindow, Dialog, SaveDialogOptions } from 'electron';
import { RegentError } from '../../shared/errors/index.ts';
import type { Translator } from '../../shared/i18n/index.ts';
import type { ExportedFile } from '../../shared/model/trust.ts';
import { writeAtomically } from '../platform/write-atomically.ts';

/**
 * Saves files where the user says in a dialog of the system: one file under the name they choose, several in a
 * new folder of that name.
 * @param parent the window to show it over, when there is one
 * @returns the path of what was written; null when the dialog was dismissed
 * @throws RegentError `FILE_FAILED`, also when the folder is there already: nothing is ever mixed into it
 */
export async function saveFiles(
  files: readonly ExportedFile[],
  suggestedName: string,
  t: Translator,
  dialog: Pick<Dialog, 'showSaveDialog'>,
  parent: BaseWindow | undefined,
): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: t('app.saveFiles.title'),
    defaultPath: nameFor(files, suggestedName),
    properties: ['createDirectory', 'showOverwriteConfirmation', 'showHiddenFiles'],
  };
  const { canceled, filePath } = parent
    ? await dialog.showSaveDialog(parent, options)
    : await dialog.showSaveDialog(options);
  if (canceled || filePath === '') return null;
  try {
    await writeTo(filePath, files);
  } catch (error) {
    if (error instanceof RegentError) throw error;
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    throw new RegentError('FILE_FAILED', { path: filePath, reason }, error);
  }
  return filePath;
}

/** A name that every file system takes; a single file has one of its own, with the ending that says what it is. */
function nameFor(files: readonly ExportedFile[], suggestedName: string): string {
  const [first] = files;
  const name = files.length === 1 && first ? basename(first.path) : suggestedName;
  return name.replace(/[^\w.-]+/g, '-');
}

async function writeTo(place: string, files: readonly ExportedFile[]): Promise<void> {
  const [first] = files;
  if (files.length === 1 && first) return write(place, first);
  await mkdir(place);
  for (const file of files) {
    const path = join(place, normalize(file.path));
    if (!path.startsWith(join(place, '/'))) {
      throw new RegentError('FILE_FAILED', { path: file.path, reason: 'EPERM' });
    }
    await mkdir(dirname(path), { recursive: true });
    await write(path, file);
  }
}

function write(path: string, { content, mode }: ExportedFile): Promise<void> {
  return writeAtomically(path, content, { mode: Number.parseInt(mode, 8) });
}
