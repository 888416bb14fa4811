import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { problemIn } from '../../lib/errors.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { NoHits } from '../../ui/no-hits.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { NoRepositories } from './no-repositories.tsx';
import { RepositoriesProblem } from './repositories-problem.tsx';
import { useRepositories } from './use-repositories.ts';

interface RepositoryRow {
  readonly name: string;
}

/** The repositories of a registry, with an instant filter. */
export function RepositoryList({ address }: { readonly address: string }) {
  const t = useWords();
  const repositories = useRepositories(address);
  const [filter, setFilter] = useState('');
  const all = repositories.data;
  const rows = useMemo(() => filterNames(all ?? [], filter), [all, filter]);
  const columns = useMemo<readonly ColumnDef<RepositoryRow>[]>(
    () => [
      {
        id: 'name',
        header: t('browse.column.repository'),
        enableSorting: false,
        meta: { track: 'minmax(0, 1fr)' },
        cell: ({ row }) => (
          <span className="clip" dir="ltr">
            {row.original.name}
          </span>
        ),
      },
    ],
    [t],
  );
  const problem = problemIn(repositories);
  if (problem) {
    return (
      <RepositoriesProblem
        address={address}
        problem={problem}
        onRetry={() => void repositories.refetch()}
      />
    );
  }
  if (!all) {
    return (
      <div className="toolbar">
        <StatusBadge tone="busy" word={t('browse.loadingRepositories')} />
      </div>
    );
  }
  if (all.length === 0) return <NoRepositories address={address} />;
  return (
    <>
      <div className="toolbar">
        <FilterField label={t('browse.filterRepositories')} value={filter} onChange={setFilter} />
        <span className="toolbar-note" aria-live="polite">
          {repositories.isFetching
            ? t('browse.loadingMore', { count: all.length })
            : t('browse.repositoryCount', { count: rows.length })}
        </span>
      </div>
      {rows.length === 0 ? (
        <NoHits text={filter.trim()} />
      ) : (
        <>
          <DataTable
            label={t('browse.repositoriesOf', { address })}
            rows={rows}
            columns={columns}
            idOf={nameOf}
            opensOnClick
            onOpen={({ name }) => goTo({ screen: 'repository', address, repository: name })}
          />
          <p className="key-hints">{t('browse.repositoryKeys')}</p>
        </>
      )}
    </>
  );
}

function filterNames(names: readonly string[], filter: string): readonly RepositoryRow[] {
  const wanted = filter.trim().toLowerCase();
  const kept = wanted === '' ? names : names.filter((name) => name.toLowerCase().includes(wanted));
  return kept.map((name) => ({ name }));
}

const nameOf = ({ name }: RepositoryRow): string => name;
