import type { BaseWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';
import { formatFingerprint } from '../../shared/model/certificate.ts';
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

const trustButton = 0;
const cancelButton = 1;

/** The question's words: host, certificate, fingerprint in full, and each file that will be written. */
export function trustQuestion(plan: TrustPlan, t: Translator): MessageBoxOptions {
  const { certificate, kind } = plan;
  const changes = plan.consumers.flatMap((consumer) =>
    consumer.changes.map(({ kind: change, path, mode }) =>
      t(`common.change.${change}`, { path: plain(path), mode }),
    ),
  );
  const detail = [
    t(`common.trustKind.${kind}`),
    '',
    `${t('common.certificate.issuedTo')}: ${plain(certificate.subject)}`,
    `${t('common.certificate.issuedBy')}: ${plain(certificate.issuer)}`,
    `${t('common.certificate.fingerprint')}:`,
    formatFingerprint(certificate.sha256),
    '',
    t('app.confirmTrust.writes', { count: changes.length }),
    ...changes,
  ];
  return {
    type: 'warning',
    title: t('app.confirmTrust.title'),
    message: t('app.confirmTrust.message', { address: plain(plan.address) }),
    detail: detail.join('\n'),
    buttons: [t('app.confirmTrust.trust'), t('app.confirmTrust.cancel')],
    defaultId: cancelButton,
    cancelId: cancelButton,
    noLink: true,
  };
}

/** Text from a certificate on one short line: it could hold line ends or marks that turn the reading direction. */
function plain(text: string): string {
  const visible = text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
  return visible.length > 200 ? `${visible.slice(0, 199)}…` : visible;
}
