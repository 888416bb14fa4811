import { useState } from 'react';
import type { ExportFormat, TrustEntry } from '../../../shared/model/trust.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { PlanDialog, type WantedPlan } from '../../ui/trust/plan-dialog.tsx';
import { RevokeDialog } from '../../ui/trust/revoke-dialog.tsx';
import { ExportDialog } from './export-dialog.tsx';
import { TrustCard } from './trust-card.tsx';

/** The trusts, and the dialogs that act on one of them. */
export function TrustList({ entries }: { readonly entries: readonly TrustEntry[] }) {
  const t = useWords();
  const { client } = useRegent();
  // The dialogs stay beyond the entry's end: they then say what was done.
  const [undoing, setUndoing] = useState<{
    readonly address: string | null;
    readonly opened: boolean;
  }>({ address: null, opened: false });
  const [restoring, setRestoring] = useState<WantedPlan | null>(null);
  const [exporting, setExporting] = useState<{
    readonly address: string;
    readonly format: ExportFormat;
  } | null>(null);
  const restore = (entry: TrustEntry): void =>
    setRestoring({
      title: t('registries.trust.restoreTitle', { address: entry.address }),
      text: t('registries.trust.restoreText'),
      confirmLabel: t('registries.trust.restore'),
      make: (signal) =>
        client.trust.plan(
          {
            address: entry.address,
            ...(entry.certificate
              ? { pem: entry.certificate.pem, sha256: entry.certificate.sha256 }
              : { insecure: true }),
            consumers: [...entry.consumers],
          },
          { signal },
        ),
    });
  return (
    <>
      {entries.length > 0 ? (
        <section className="trust-part" aria-label={t('registries.trust.made')}>
          <div className="trust-part-head">
            <h2>{t('registries.trust.made')}</h2>
            {entries.length > 1 ? (
              <button
                type="button"
                className="text-button"
                onClick={() => setUndoing({ address: null, opened: true })}
              >
                {t('registries.trust.undoAll')}
              </button>
            ) : null}
          </div>
          <p className="dimmed">{t('registries.trust.madeText')}</p>
          {entries.map((entry) => (
            <TrustCard
              key={`${entry.address} ${entry.kind} ${entry.certificate?.sha256} ${entry.trustedAt}`}
              entry={entry}
              onUndo={() => setUndoing({ address: entry.address, opened: true })}
              onRestore={() => restore(entry)}
              onExport={(format) => setExporting({ address: entry.address, format })}
            />
          ))}
        </section>
      ) : null}
      <RevokeDialog
        {...undoing}
        onClose={() => setUndoing((before) => ({ ...before, opened: false }))}
      />
      <PlanDialog wanted={restoring} onClose={() => setRestoring(null)} />
      {exporting ? <ExportDialog {...exporting} onClose={() => setExporting(null)} /> : null}
    </>
  );
}
