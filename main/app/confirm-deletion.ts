import type { BaseWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';
import { shortDigest } from '../../shared/model/digest.ts';
import { plainText } from '../../shared/model/plain-text.ts';
import type { RepositoryDeletion } from '../api/door.ts';
import { boundedLines, LONGEST } from './native-list.ts';

const deleteButton = 0;
const cancelButton = 1;

/**
 * Asks the user in a native dialog whether these manifests may be deleted, with all tags that name them: what is shown
 * is what is deleted, so a fault in the page alone can never take an image away.
 * @returns true only when the user pressed the delete button
 */
export async function confirmDeletion(
  deletion: RepositoryDeletion,
  t: Translator,
  dialog: Pick<Dialog, 'showMessageBox'>,
  parent: BaseWindow | undefined,
): Promise<boolean> {
  const options = deletionQuestion(deletion, t);
  const { response } = parent
    ? await dialog.showMessageBox(parent, options)
    : await dialog.showMessageBox(options);
  return response === deleteButton;
}

/** The question's words: where, how many images, and the tags that go. */
export function deletionQuestion(
  { address, orders, repository }: RepositoryDeletion,
  t: Translator,
): MessageBoxOptions {
  const lines = orders.map(({ digest, tags }) =>
    plainText([...tags.map(named), shortDigest(digest)].join(', '), LONGEST),
  );
  const name = named(`${address}/${repository}`);
  return {
    type: 'warning',
    title: t('app.confirmDeletion.title'),
    message: t('app.confirmDeletion.message', { count: orders.length, repository: name }),
    detail: [...boundedLines(lines, t), '', t('app.confirmDeletion.forGood')].join('\n'),
    buttons: [t('app.confirmDeletion.yes'), t('app.confirmTrust.cancel')],
    defaultId: cancelButton,
    cancelId: cancelButton,
    noLink: true,
  };
}

function named(text: string): string {
  return plainText(text, LONGEST);
}
