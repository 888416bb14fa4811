import { Button } from '@mantine/core';
import Share from 'lucide-react/icons/share';
import { useId, useState } from 'react';
import { formatDate, type MessageKey } from '../../../shared/i18n/words.ts';
import type { ExportFormat, TrustEntry } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { Fingerprint } from '../../ui/fingerprint.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import { CertificateFacts } from '../../ui/trust/certificate-facts.tsx';
import { commonName } from '../../ui/trust/common-name.ts';
import { DriftList } from './drift-list.tsx';
import { TrustExpiry } from './trust-expiry.tsx';
import { TrustProof } from './trust-proof.tsx';

const formats: readonly ExportFormat[] = [
  'shell',
  'cloud-init',
  'ansible',
  'kubernetes',
  'dockerfile',
  'bundle',
];

/** One trust: what is trusted, for whom and until when, what became of it, and its undo. */
export function TrustCard(props: {
  readonly entry: TrustEntry;
  readonly onUndo: () => void;
  readonly onRestore: () => void;
  readonly onExport: (format: ExportFormat) => void;
}) {
  const t = useWords();
  const titleId = useId();
  const { entry } = props;
  const { address, certificate, client, kind } = entry;
  const [isProving, setProving] = useState(false);
  return (
    <article className="trust-card" aria-labelledby={titleId}>
      <header>
        <div className="trust-card-title">
          <h3 id={titleId} dir="ltr">
            {address}
          </h3>
          <TrustExpiry entry={entry} />
        </div>
        <div className="trust-card-actions">
          {kind === 'mend' ? null : (
            <>
              <Button
                size="compact-sm"
                variant="default"
                aria-label={t('registries.trust.proveOf', { address })}
                onClick={() => setProving(true)}
              >
                {t('registries.trust.prove')}
              </Button>
              <MenuButton
                label={t('registries.trust.exportOf', { address })}
                icon={<Share size={15} aria-hidden="true" />}
                items={formats.map((format) => ({
                  label: t(`registries.export.format.${format}`),
                  run: () => props.onExport(format),
                }))}
              />
            </>
          )}
          <Button
            size="compact-sm"
            variant="default"
            aria-label={t('registries.trust.undoOf', { address })}
            onClick={props.onUndo}
          >
            {t('registries.trust.undo')}
          </Button>
        </div>
      </header>
      <p className={kind === 'insecure' ? 'trust-insecure' : undefined}>
        {t(`common.trustKind.${kind}`)}
        {certificate ? <span className="dimmed"> ({commonName(certificate.subject)})</span> : null}
      </p>
      <p className="dimmed">
        {t('registries.trust.since', {
          consumers: entry.consumers.map((id) => t(`common.consumer.${id}` as MessageKey)),
          date: formatDate(t.locale, entry.trustedAt),
        })}
      </p>
      {client ? (
        <p className="dimmed">
          {t('registries.trust.client', {
            subject: commonName(client.subject),
            date: formatDate(t.locale, client.notAfter),
          })}
        </p>
      ) : null}
      <DriftList entry={entry} onRestore={props.onRestore} />
      <details>
        <summary>{t('registries.trust.details')}</summary>
        {certificate ? (
          <>
            <CertificateFacts certificate={certificate} />
            <dl className="facts">
              <dt>{t('common.certificate.fingerprint')}</dt>
              <dd>
                <Fingerprint sha256={certificate.sha256} />
              </dd>
            </dl>
          </>
        ) : null}
        <ul className="trust-files">
          {entry.files.map((file) => (
            <li key={file}>
              <code dir="ltr">{file}</code>
            </li>
          ))}
        </ul>
      </details>
      {isProving ? <TrustProof address={address} /> : null}
    </article>
  );
}
