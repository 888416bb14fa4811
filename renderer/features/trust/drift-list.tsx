import { Button } from '@mantine/core';
import type { TrustEntry } from '../../../shared/model/trust.ts';
import { useWords } from '../../lib/words.tsx';
import { StatusIcon } from '../../ui/status-badge.tsx';

/** What is no longer as Regent left it, with the way to put it back. */
export function DriftList(props: { readonly entry: TrustEntry; readonly onRestore: () => void }) {
  const t = useWords();
  const { address, drift, kind } = props.entry;
  if (drift.length === 0) return null;
  return (
    <div className="trust-drift">
      <StatusIcon tone="attention" size={16} />
      <ul>
        {drift.map(({ consumer, path, state }) => (
          <li key={`${consumer} ${path}`}>
            {t(`common.consumer.${consumer}`)}: <strong>{t(`common.drift.${state}`)}</strong>{' '}
            <code dir="ltr">{path}</code>
          </li>
        ))}
      </ul>
      {kind === 'mend' ? null : (
        <Button
          size="compact-sm"
          variant="default"
          aria-label={t('registries.trust.restoreOf', { address })}
          onClick={props.onRestore}
        >
          {t('registries.trust.restoreOpen')}
        </Button>
      )}
    </div>
  );
}
