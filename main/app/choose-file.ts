import type { BaseWindow, Dialog, FileFilter, OpenDialogOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';
import type { FilePurpose } from '../api/door.ts';

/** Names under which each kind of file is usually kept, without the dot. */
const extensions: Readonly<Record<FilePurpose, readonly string[]>> = {
  authority: ['pem', 'crt', 'cer', 'der', 'p7b', 'p7c', 'p12', 'pfx'],
  'client-certificate': ['pem', 'crt', 'cer', 'cert', 'p12', 'pfx'],
  'client-key': ['pem', 'key', 'p12', 'pfx'],
};

/**
 * Lets the user pick a file in a dialog of the system.
 * @param parent the window to show it over, when there is one
 * @returns its absolute path; null when the dialog was dismissed
 */
export async function chooseFile(
  purpose: FilePurpose,
  t: Translator,
  dialog: Pick<Dialog, 'showOpenDialog'>,
  parent: BaseWindow | undefined,
): Promise<string | null> {
  const filters: FileFilter[] = [
    { name: t(`app.chooseFile.${purpose}`), extensions: [...extensions[purpose]] },
    { name: t('app.chooseFile.all'), extensions: ['*'] },
  ];
  const options: OpenDialogOptions = {
    title: t(`app.chooseFile.${purpose}`),
    properties: ['openFile', 'showHiddenFiles'],
    filters,
  };
  const { canceled, filePaths } = parent
    ? await dialog.showOpenDialog(parent, options)
    : await dialog.showOpenDialog(options);
  return canceled ? null : (filePaths[0] ?? null);
}
