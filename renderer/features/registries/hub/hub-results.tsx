import { useQuery } from '@tanstack/react-query';
import type { ColumnDef } from '@tanstack/react-table';
import { useMemo } from 'react';
import { problemIn } from '../../../lib/errors.ts';
import { goTo } from '../../../lib/navigation.ts';
import { useRegent } from '../../../lib/regent-context.tsx';
import { useMarks } from '../../../lib/use-marks.ts';
import { useWords } from '../../../lib/words.tsx';
import { DataTable } from '../../../ui/data-table/data-table.tsx';
import { NoHits } from '../../../ui/no-hits.tsx';
import { StatusBadge } from '../../../ui/status-badge.tsx';
import { RepositoriesProblem } from '../repositories-problem.tsx';
import { MarkCell } from './mark-cell.tsx';

interface Hit {
  readonly name: string;
  readonly description: string | null;
}

/** What a registry's own search has found, the likeliest first. */
export function HubResults(props: { readonly address: string; readonly query: string }) {
  const t = useWords();
  const { api } = useRegent();
  const { address, query } = props;
  const found = useQuery(
    api.repositories.find.queryOptions({ input: { address, query }, staleTime: 60_000 }),
  );
  const { toggle } = useMarks();
  const columns = useMemo<readonly ColumnDef<Hit>[]>(
    () => [
      {
        id: 'name',
        header: t('browse.column.repository'),
        enableSorting: false,
        meta: { track: 'minmax(160px, 1fr)' },
        cell: ({ row }) => (
          <span className="clip" dir="ltr" title={row.original.name}>
            {row.original.name}
          </span>
        ),
      },
      {
        id: 'description',
        header: t('browse.column.description'),
        enableSorting: false,
        meta: { track: 'minmax(0, 2fr)' },
        cell: ({ row }) => (
          <span className="clip dimmed" dir="auto" title={row.original.description ?? ''}>
            {row.original.description}
          </span>
        ),
      },
      {
        id: 'side',
        header: () => <span className="visually-hidden">{t('browse.column.actions')}</span>,
        enableSorting: false,
        meta: { track: '44px', align: 'end' },
        cell: ({ row }) => <MarkCell address={address} repository={row.original.name} />,
      },
    ],
    [t, address],
  );
  const problem = problemIn(found);
  if (problem) {
    const retry = (): void => void found.refetch();
    return <RepositoriesProblem address={address} problem={problem} onRetry={retry} />;
  }
  if (!found.data) {
    return (
      <div className="toolbar">
        <StatusBadge tone="busy" word={t('browse.hub.searching', { query })} />
      </div>
    );
  }
  const { repositories, isComplete } = found.data;
  if (repositories.length === 0) return <NoHits text={query} />;
  const count = repositories.length;
  return (
    <>
      <div className="toolbar">
        <span className="toolbar-note" aria-live="polite">
          {t(isComplete ? 'browse.repositoryCount' : 'browse.hub.firstHits', { count })}
        </span>
      </div>
      <DataTable
        label={t('browse.hub.results', { query })}
        rows={repositories}
        columns={columns}
        idOf={({ name }) => name}
        keptAs={`hub row ${query}`}
        opensOnClick
        onOpen={({ name }) => goTo({ screen: 'repository', address, repository: name })}
        rowKeys={{ s: ({ name }) => toggle({ address, repository: name }) }}
      />
      <p className="key-hints">{t('browse.hub.keys')}</p>
    </>
  );
}
