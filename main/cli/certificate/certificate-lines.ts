import { daysUntil, formatDate, type Translator } from '../../../shared/i18n/index.ts';
import { type Certificate, formatFingerprint } from '../../../shared/model/certificate.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/** What can be told of a certificate, each by the catalogue key that names it. */
export type CertificateFact = 'issuedTo' | 'names' | 'issuedBy' | 'valid' | 'key' | 'fingerprint';

/** The facts of a certificate in words, in the order in which people look at them; without names, that one is missing. */
export function certificateFacts(
  t: Translator,
  certificate: Certificate,
  now: number,
): ReadonlyMap<CertificateFact, string> {
  const names = [...certificate.dnsNames, ...certificate.ipAddresses];
  const { selfIssued, subject, issuer, keyType, signature, sha256 } = certificate;
  return new Map<CertificateFact, string>([
    ['issuedTo', subject],
    ...(names.length > 0 ? [['names', names.join(', ')] as const] : []),
    ['issuedBy', selfIssued ? t('common.certificate.itself') : issuer],
    ['valid', validity(t, certificate, now)],
    ['key', `${keyType}, ${signature}`],
    ['fingerprint', paint('bold', formatFingerprint(sha256))],
  ]);
}

/**
 * What a person needs to see of a certificate before trusting it, one fact a line. `now` in milliseconds since
 * 1970. `without`: facts that stand elsewhere.
 */
export function certificateLines(
  t: Translator,
  certificate: Certificate,
  now: number,
  without: readonly CertificateFact[] = [],
): readonly string[] {
  return setInColumns(
    [...certificateFacts(t, certificate, now)]
      .filter(([fact]) => !without.includes(fact))
      .map(([fact, words]) => [paint('dim', t(`common.certificate.${fact}`)), words]),
  );
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
