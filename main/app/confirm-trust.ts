import type { BaseWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';
import { formatFingerprint } from '../../shared/model/certificate.ts';
import { plainText } from '../../shared/model/plain-text.ts';
import type { TrustPlan } from '../../shared/model/trust.ts';

/**
 * Asks the user in a native dialog whether this plan may be carried out. The page can't draw over it or press its
 * buttons, so a fault in the page alone can never add trust.
 * @param parent the window to show it over, when there is one
 * @returns true only when the user pressed the trust button; closing the dialog is a no
 */
export async function confirmTrust(
  plan: TrustPlan,
  t: Translator,
  dialog: Pick<Dialog, 'showMessageBox'>,
  parent: BaseWindow | undefined,
): Promise<boolean> {
  const options = trustQuestion(plan, t);
  const { response } = parent
    ? await dialog.showMessageBox(parent, options)
    : await dialog.showMessageBox(options);
  return response === trustButton;
}

/** Names in a certificate can be longer than a dialog. */
const LONGEST = 200;
const trustButton = 0;
const cancelButton = 1;

/** The question's words: host, certificate, fingerprint in full, and each file that will be written. */
export function trustQuestion(plan: TrustPlan, t: Translator): MessageBoxOptions {
  const { certificate, kind } = plan;
  const changes = plan.consumers.flatMap((consumer) =>
    consumer.changes.map(({ kind: change, path, mode }) =>
      t(`common.change.${change}`, { path: plainText(path, LONGEST), mode }),
    ),
  );
  const detail = [
    t(`common.trustKind.${kind}`),
    '',
    `${t('common.certificate.issuedTo')}: ${plainText(certificate.subject, LONGEST)}`,
    `${t('common.certificate.issuedBy')}: ${plainText(certificate.issuer, LONGEST)}`,
    `${t('common.certificate.fingerprint')}:`,
    formatFingerprint(certificate.sha256),
    '',
    t('app.confirmTrust.writes', { count: changes.length }),
    ...changes,
  ];
  return {
    type: 'warning',
    title: t('app.confirmTrust.title'),
    message: t('app.confirmTrust.message', { address: plainText(plan.address, LONGEST) }),
    detail: detail.join('\n'),
    buttons: [t('app.confirmTrust.trust'), t('app.confirmTrust.cancel')],
    defaultId: cancelButton,
    cancelId: cancelButton,
    noLink: true,
  };
}
