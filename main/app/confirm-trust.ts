import type { BaseWindow, Dialog, MessageBoxOptions } from 'electron';
import type { Translator } from '../../shared/i18n/index.ts';
import { type Certificate, formatFingerprint } from '../../shared/model/certificate.ts';
import { plainText } from '../../shared/model/plain-text.ts';
import type { TrustPlan } from '../../shared/model/trust.ts';
import { boundedLines, LONGEST, nativeChangeLines } from './native-list.ts';

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

/** The question's words: host, what would be trusted with its fingerprint in full, and each change of this machine. */
export function trustQuestion(plan: TrustPlan, t: Translator): MessageBoxOptions {
  const { kind } = plan;
  const address = plainText(plan.address, LONGEST);
  return {
    type: 'warning',
    title: t(`app.confirmTrust.title.${kind}`),
    message: t(`app.confirmTrust.message.${kind}`, { address }),
    detail: [
      kind === 'insecure' ? t('app.confirmTrust.insecure') : t(`common.trustKind.${kind}`),
      ...certificateLines(plan, t),
      ...clientLines(plan, t),
      ...widerLines(plan, t),
      ...changeLines(plan, t),
    ].join('\n'),
    buttons: [t(`app.confirmTrust.yes.${kind}`), t('app.confirmTrust.cancel')],
    defaultId: cancelButton,
    cancelId: cancelButton,
    noLink: true,
  };
}

function certificateLines({ certificate, replaces }: TrustPlan, t: Translator): readonly string[] {
  if (!certificate) return [];
  return [
    '',
    ...factsOf(certificate, t),
    ...(replaces.length === 0 ? [] : ['', t('app.confirmTrust.replaces')]),
    ...boundedLines(
      replaces.map((old) => `${named(old.subject)} ${formatFingerprint(old.sha256)}`),
      t,
    ),
  ];
}

function factsOf(certificate: Certificate, t: Translator): readonly string[] {
  return [
    `${t('common.certificate.issuedTo')}: ${named(certificate.subject)}`,
    `${t('common.certificate.issuedBy')}: ${named(certificate.issuer)}`,
    `${t('common.certificate.fingerprint')}:`,
    formatFingerprint(certificate.sha256),
  ];
}

function clientLines({ client }: TrustPlan, t: Translator): readonly string[] {
  return client ? ['', t('app.confirmTrust.client', { subject: named(client.subject) })] : [];
}

/** The system's store reaches further than the question's address. */
function widerLines({ consumers, kind }: TrustPlan, t: Translator): readonly string[] {
  const isWide = consumers.some(({ id, status }) => id === 'system' && status === 'to-do');
  return isWide && kind !== 'mend' ? ['', t('app.confirmTrust.everyServer')] : [];
}

function changeLines({ consumers }: TrustPlan, t: Translator): readonly string[] {
  const changes = consumers
    .filter(({ status }) => status === 'to-do')
    .flatMap(({ id, changes: own }) => own.map((change) => ({ consumer: id, change })));
  return [
    '',
    t('app.confirmTrust.writes', { count: changes.length }),
    ...nativeChangeLines(changes, t),
  ];
}

function named(text: string): string {
  return plainText(text, LONGEST);
}
