import type { BaseWindow, Dialog, SaveDialogOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';

/**
 * Lets the user choose a file for an image in a dialog of the system. Always an archive: a folder can't be chosen
 * that is not there yet.
 * @param subject the image's full name
 * @param parent the window to show it over, when there is one
 * @returns the file's path; null when the dialog was dismissed
 */
export async function chooseDestination(
  subject: string,
  format: 'oci' | 'docker-archive',
  t: Translator,
  dialog: Pick<Dialog, 'showSaveDialog'>,
  parent: BaseWindow | undefined,
): Promise<string | null> {
  const options: SaveDialogOptions = {
    title: t('app.saveImage.title'),
    defaultPath: `${fileName(subject)}${format === 'oci' ? '.oci' : ''}.tar`,
    filters: [{ name: t('app.saveImage.archive'), extensions: ['tar'] }],
    properties: ['createDirectory', 'showOverwriteConfirmation', 'showHiddenFiles'],
  };
  const { canceled, filePath } = parent
    ? await dialog.showSaveDialog(parent, options)
    : await dialog.showSaveDialog(options);
  if (canceled || filePath === '') return null;
  return filePath;
}

/** A name that every file system takes: `team-app-1.0` of `registry.test/team/app:1.0`. */
function fileName(subject: string): string {
  const name = subject.slice(subject.indexOf('/') + 1).replace(/[^\w.-]+/g, '-');
  return name.replace(/^[-.]+/, '').slice(-120) || 'image';
}
