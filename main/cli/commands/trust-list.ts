import { formatDate, type Translator } from '../../../shared/i18n/index.ts';
import { formatFingerprint } from '../../../shared/model/certificate.ts';
import type { TrustEntry } from '../../../shared/model/trust.ts';
import { defineCommand } from '../command.ts';
import { setInColumns } from '../text/columns.ts';
import { type Paint, paint } from '../text/paint.ts';

const EXPIRY_PAINT: Readonly<Record<TrustEntry['expiry'], Paint>> = {
  fine: 'dim',
  soon: 'warn',
  expired: 'bad',
};

/** `regent trust list`: what Regent set up and can undo, until when, and whether it is still in place. */
export const trustList = defineCommand(
  {
    name: 'trust list',
    about: 'cli.trustList.about',
    args: [],
    options: {},
    examples: ['trust list', 'trust list --json'],
  },
  async ({ client, json, out, err, signal, t }) => {
    const entries = await client.trust.list(undefined, { signal });
    if (json) {
      out.json({ entries });
      return 0;
    }
    if (entries.length === 0) err.line(t('cli.trustList.empty'));
    for (const entry of entries) {
      out.line(paint('bold', entry.address));
      for (const line of entryLines(t, entry)) out.line(`  ${line}`);
    }
    return 0;
  },
);

function entryLines(t: Translator, entry: TrustEntry): readonly string[] {
  const { kind, certificate, client, consumers, trustedAt, drift } = entry;
  const rows = [
    [t('cli.trustList.what'), t(`common.trustKind.${kind}`)],
    ...(certificate
      ? [
          [t('common.certificate.issuedTo'), certificate.subject],
          [t('common.certificate.fingerprint'), formatFingerprint(certificate.sha256)],
          [t('cli.trustList.until'), untilWords(t, entry, certificate.notAfter)],
        ]
      : []),
    ...(client ? [[t('cli.trust.client'), client.subject]] : []),
    [t('cli.trustList.for'), consumers.map((id) => t(`common.consumer.${id}`)).join(', ')],
    [t('cli.trustList.since'), formatDate(t.locale, trustedAt)],
  ].map(([label = '', words = '']) => [paint('dim', label), words]);
  return [
    ...setInColumns(rows),
    ...drift.map(({ consumer, path, state }) => {
      const words = `${t(`common.consumer.${consumer}`)}: ${path}: ${t(`common.drift.${state}`)}`;
      return `${paint('warn', '!')} ${words}`;
    }),
  ];
}

function untilWords(t: Translator, { expiry, daysLeft }: TrustEntry, notAfter: string): string {
  const day = formatDate(t.locale, notAfter);
  const days = daysLeft ?? 0;
  const left =
    days < 0
      ? t('common.certificate.expiredDays', { days: -days })
      : t('common.certificate.daysLeft', { days });
  const mark = expiry === 'fine' ? '' : `${paint(EXPIRY_PAINT[expiry], '!')} `;
  return `${mark}${day} (${paint(EXPIRY_PAINT[expiry], `${t(`common.expiry.${expiry}`)}, ${left}`)})`;
}
