import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { formatDate } from '../../../shared/i18n/index.ts';
import type { TrustEntry } from '../../../shared/model/trust.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { RevokeDialog } from '../../ui/revoke-dialog.tsx';

/** Every trust that Regent has made on this machine, each with its undo. */
export function TrustSettings() {
  const t = useWords();
  const { api } = useRegent();
  const trusts = useQuery(api.trust.list.queryOptions({ staleTime: 0 }));
  const problem = problemIn(trusts);
  // Kept beyond the entry's end: the dialog then lists what was put back.
  const [asking, setAsking] = useState({ address: '', opened: false });
  return (
    <section className="settings-part" aria-label={t('settings.trust')}>
      <h2>{t('settings.trust')}</h2>
      <p className="dimmed">{t('settings.trustText')}</p>
      {problem ? (
        <ProblemNote problem={problem} actions={{ retry: () => void trusts.refetch() }} />
      ) : null}
      {trusts.data?.length === 0 ? <p>{t('settings.trustNone')}</p> : null}
      {trusts.data && trusts.data.length > 0 ? (
        <ul className="trust-list">
          {trusts.data.map((entry) => (
            <TrustRow
              key={entry.address}
              entry={entry}
              onUndo={() => setAsking({ address: entry.address, opened: true })}
            />
          ))}
        </ul>
      ) : null}
      <RevokeDialog
        address={asking.address}
        opened={asking.opened}
        onClose={() => setAsking({ ...asking, opened: false })}
      />
    </section>
  );
}

function TrustRow(props: { readonly entry: TrustEntry; readonly onUndo: () => void }) {
  const t = useWords();
  const { entry } = props;
  return (
    <li>
      <div>
        <strong dir="ltr">{entry.address}</strong>
        <div>{t(`common.trustKind.${entry.kind}`)}</div>
        <div className="dimmed">
          {t('settings.trustedSince', {
            consumers: entry.consumers.map((consumer) => t(`common.consumer.${consumer}`)),
            date: formatDate(t.locale, entry.trustedAt),
          })}
        </div>
        {entry.files.map((file) => (
          <div key={file} className="dimmed">
            <code dir="ltr">{file}</code>
          </div>
        ))}
      </div>
      <Button
        variant="default"
        aria-label={t('settings.trustUndoOf', { address: entry.address })}
        onClick={props.onUndo}
      >
        {t('settings.trustUndo')}
      </Button>
    </li>
  );
}
