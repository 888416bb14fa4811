import { formatDate } from '../../../shared/i18n/words.ts';
import type { Certificate } from '../../../shared/model/certificate.ts';
import { useWords } from '../../lib/words.tsx';
import { FingerprintText } from '../../ui/fingerprint.tsx';
import { StatusIcon } from '../../ui/status-badge.tsx';
import { commonName } from '../../ui/trust/common-name.ts';
import './changed-certificate.css';

interface Row {
  readonly label: string;
  readonly old: string;
  readonly fresh: string;
}

/** Says before anything else that a trusted server shows another certificate by now: the old and the new one side by side. */
export function ChangedCertificate(props: {
  readonly address: string;
  readonly previous: Certificate;
  readonly current: Certificate;
  /** Whether the server proved that it still has the key of the old one. */
  readonly sameKey: boolean;
}) {
  const t = useWords();
  const { address, previous, current, sameKey } = props;
  const row = (label: string, of: (certificate: Certificate) => string): Row => ({
    label,
    old: of(previous),
    fresh: of(current),
  });
  const day = (iso: string) => formatDate(t.locale, iso);
  const rows = [
    row(t('common.certificate.issuedTo'), ({ subject }) => commonName(subject)),
    row(t('common.certificate.names'), ({ dnsNames, ipAddresses }) => {
      const names = [...dnsNames, ...ipAddresses];
      return names.length > 0 ? names.join(', ') : t('registries.certificate.noNames');
    }),
    row(t('common.certificate.issuedBy'), ({ issuer }) => commonName(issuer)),
    row(t('common.certificate.valid'), ({ notBefore, notAfter }) =>
      t('common.certificate.validRange', { from: day(notBefore), to: day(notAfter) }),
    ),
    row(t('common.certificate.key'), ({ keyType, signature }) => `${keyType}, ${signature}`),
  ];
  return (
    <section
      className={sameKey ? 'changed' : 'changed changed-key'}
      role="alert"
      aria-label={t('registries.changed.head', { address })}
    >
      <p className="changed-head">
        <StatusIcon tone={sameKey ? 'attention' : 'bad'} size={16} />
        <strong>{t('registries.changed.head', { address })}</strong>
      </p>
      <p>{sameKey ? t('registries.changed.sameKey') : t('registries.changed.otherKey')}</p>
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('registries.changed.old')}</th>
            <th scope="col">{t('registries.changed.new')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ label, old, fresh }) => (
            <tr key={label} {...(old === fresh ? {} : { className: 'changed-row' })}>
              <th scope="row">
                {label}
                {old === fresh ? null : (
                  <span className="visually-hidden"> {t('registries.changed.differs')}</span>
                )}
              </th>
              <td>{old}</td>
              <td>{fresh}</td>
            </tr>
          ))}
          <tr className="changed-row">
            <th scope="row">{t('common.certificate.fingerprint')}</th>
            <td>
              <FingerprintText sha256={previous.sha256} />
            </td>
            <td>
              <FingerprintText sha256={current.sha256} />
            </td>
          </tr>
        </tbody>
      </table>
    </section>
  );
}
