import { daysUntil, formatDate } from '../../../shared/i18n/words.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { useWords } from '../../lib/words.tsx';
import './certificate-facts.css';
import { commonName } from './common-name.ts';

/** What a person needs to know of a certificate, as a list of names and values. */
export function CertificateFacts({ certificate }: { readonly certificate: Certificate }) {
  const t = useWords();
  const names = [...certificate.dnsNames, ...certificate.ipAddresses];
  const issuer = certificate.selfIssued
    ? `${commonName(certificate.issuer)} (${t('common.certificate.itself')})`
    : commonName(certificate.issuer);
  const days = daysUntil(certificate.notAfter, Date.now());
  return (
    <dl className="facts">
      <dt>{t('common.certificate.issuedTo')}</dt>
      <dd title={certificate.subject}>{commonName(certificate.subject)}</dd>
      {certificate.isCa && names.length === 0 ? null : (
        <>
          <dt>{t('common.certificate.names')}</dt>
          <dd>{names.length > 0 ? names.join(', ') : t('registries.certificate.noNames')}</dd>
        </>
      )}
      <dt>{t('common.certificate.issuedBy')}</dt>
      <dd title={certificate.issuer}>{issuer}</dd>
      <dt>{t('common.certificate.valid')}</dt>
      <dd>
        {t('common.certificate.validRange', {
          from: formatDate(t.locale, certificate.notBefore),
          to: formatDate(t.locale, certificate.notAfter),
        })}{' '}
        <span className="dimmed">
          (
          {days >= 0
            ? t('common.certificate.daysLeft', { days })
            : t('common.certificate.expiredDays', { days: -days })}
          )
        </span>
      </dd>
      <dt>{t('common.certificate.key')}</dt>
      <dd>{`${certificate.keyType}, ${certificate.signature}`}</dd>
    </dl>
  );
}
