import type { BaseWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';
import { plainText } from '../../shared/model/plain-text.ts';
import type { RevokePlan } from '../../shared/model/trust.ts';
import { LONGEST, nativeChangeLines } from './native-list.ts';

const undoButton = 0;
const cancelButton = 1;

/**
 * Asks the user in a native dialog whether trust may be undone where that changes files of others: a fault in the
 * page alone can never bring back what weakened trust before.
 * @returns true only when the user pressed the undo button
 */
export async function confirmRevoke(
  plan: RevokePlan,
  t: Translator,
  dialog: Pick<Dialog, 'showMessageBox'>,
  parent: BaseWindow | undefined,
): Promise<boolean> {
  const options = revokeQuestion(plan, t);
  const { response } = parent
    ? await dialog.showMessageBox(parent, options)
    : await dialog.showMessageBox(options);
  return response === undoButton;
}

/** The question's words: which registry, or all, and each change of this machine. */
export function revokeQuestion(plan: RevokePlan, t: Translator): MessageBoxOptions {
  const { address, changes } = plan;
  return {
    type: 'warning',
    title: t('app.confirmRevoke.title'),
    message:
      address === null
        ? t('app.confirmRevoke.messageAll')
        : t('app.confirmRevoke.message', { address: plainText(address, LONGEST) }),
    detail: [
      t('app.confirmTrust.writes', { count: changes.length }),
      ...nativeChangeLines(changes, t),
    ].join('\n'),
    buttons: [t('app.confirmRevoke.yes'), t('app.confirmTrust.cancel')],
    defaultId: cancelButton,
    cancelId: cancelButton,
    noLink: true,
  };
}
