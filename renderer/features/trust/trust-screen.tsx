import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import FileInput from 'lucide-react/icons/file-input';
import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import { problemIn } from '../../lib/errors.ts';
import { useShortcuts } from '../../lib/keys.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ImportBundle } from '../../ui/trust/import-bundle.tsx';
import { MessList } from './mess-list.tsx';
import { TrustList } from './trust-list.tsx';
import './trust-screen.css';

/** Every trust that Regent has made on this machine, what became of it, and what earlier attempts have left behind. */
export function TrustScreen() {
  const t = useWords();
  const { api } = useRegent();
  const cache = useQueryClient();
  const [isImporting, setImporting] = useState(false);
  const trusts = useQuery(api.trust.list.queryOptions({ staleTime: 0 }));
  const messes = useQuery(api.trust.messes.queryOptions({ input: {}, staleTime: 0 }));
  const problem = problemIn(trusts);
  const messProblem = problemIn(messes);
  const refresh = (): void => {
    void cache.invalidateQueries({ queryKey: api.trust.list.key() });
    void cache.invalidateQueries({ queryKey: api.trust.messes.key() });
  };
  useShortcuts({ r: refresh });
  const title = t('registries.trust.title');
  return (
    <Page
      title={title}
      documentTitle={title}
      actions={
        <>
          <Button
            variant="default"
            leftSection={<FileInput size={14} aria-hidden="true" />}
            onClick={() => setImporting(true)}
          >
            {t('registries.import.open')}
          </Button>
          <RefreshButton onRefresh={refresh} />
        </>
      }
    >
      <div className="trust-screen">
        {problem ? <ProblemNote problem={problem} actions={{ retry: refresh }} /> : null}
        {messProblem ? (
          <ProblemNote problem={messProblem} tone="attention" actions={{ retry: refresh }} />
        ) : null}
        {trusts.isPending ? <StatusBadge tone="busy" word={t('registries.trust.loading')} /> : null}
        <MessList messes={messes.data ?? []} />
        <TrustList entries={trusts.data ?? []} />
        {trusts.data?.length === 0 ? (
          <EmptyState
            icon={<ShieldCheck size={32} strokeWidth={1.25} />}
            title={t('registries.trust.none')}
            text={t('registries.trust.noneText')}
          >
            <Button onClick={() => goTo({ screen: 'add', text: '', demo: false })}>
              {t('registries.rail.add')}
            </Button>
          </EmptyState>
        ) : null}
      </div>
      <ImportBundle opened={isImporting} onClose={() => setImporting(false)} />
    </Page>
  );
}
