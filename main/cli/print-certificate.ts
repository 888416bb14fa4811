import { daysUntil, formatDate, type Translator } from '../../shared/i18n/index.ts';
import { type Certificate, formatFingerprint } from '../../shared/model/certificate.ts';
import { setInColumns } from './text/columns.ts';
import { paint } from './text/paint.ts';

/** What a person needs to see of a certificate before trusting it. `now` in milliseconds since 1970. */
export function certificateLines(
  t: Translator,
  certificate: Certificate,
  now: number,
): readonly string[] {
  const names = [...certificate.dnsNames, ...certificate.ipAddresses];
  const { selfIssued, subject, issuer, keyType, signature, sha256 } = certificate;
  return setInColumns([
    [paint('dim', t('common.certificate.issuedTo')), subject],
    ...(names.length > 0 ? [[paint('dim', t('common.certificate.names')), names.join(', ')]] : []),
    [
      paint('dim', t('common.certificate.issuedBy')),
      selfIssued ? t('common.certificate.itself') : issuer,
    ],
    [paint('dim', t('common.certificate.valid')), validity(t, certificate, now)],
    [paint('dim', t('common.certificate.key')), `${keyType}, ${signature}`],
    [paint('dim', t('common.certificate.fingerprint')), paint('bold', formatFingerprint(sha256))],
  ]);
}

function validity(t: Translator, { notBefore, notAfter }: Certificate, now: number): string {
  const range = t('common.certificate.validRange', {
    from: formatDate(t.locale, notBefore),
    to: formatDate(t.locale, notAfter),
  });
  const days = daysUntil(notAfter, now);
  const left =
    days < 0
      ? paint('bad', t('common.certificate.expiredDays', { days: -days }))
      : t('common.certificate.daysLeft', { days });
  return `${range} (${left})`;
}
