import type { SortingState } from '@tanstack/react-table';
import Tags from 'lucide-react/icons/tags';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { problemOf } from '../../lib/errors.ts';
import { useTasks } from '../../lib/tasks.tsx';
import { useCopy } from '../../lib/use-copy.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { NoHits } from '../../ui/no-hits.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import { tagColumns } from './tag-columns.tsx';
import { readOrder, sortTags } from './tag-order.ts';
import { useDetailsVersion, useTagDetails } from './use-tag-details.ts';

/** A pull that could not even begin. */
interface FailedPull {
  readonly name: string;
  readonly problem: Problem;
}

/** The tags of a repository: names at once, details for the rows that are on the screen. */
export function TagTable(props: {
  readonly address: string;
  readonly repository: string;
  readonly names: readonly string[];
  readonly round: number;
}) {
  const t = useWords();
  const copy = useCopy();
  const { pull } = useTasks();
  const { address, repository, names } = props;
  const [filter, setFilter] = useState('');
  const [sorting, setSorting] = useState<SortingState>([{ id: 'name', desc: false }]);
  const [failed, setFailed] = useState<FailedPull | null>(null);
  const askToSignIn = useAskToSignIn();
  const details = useTagDetails(address, repository, props.round);
  const needsAll = readOrder(sorting).by !== 'name';
  const version = useDetailsVersion(details, needsAll);
  useEffect(() => {
    if (needsAll) details.wantAll(names);
  }, [needsAll, details, names]);

  const kept = useMemo(() => {
    const wanted = filter.trim().toLowerCase();
    return wanted === '' ? names : names.filter((name) => name.toLowerCase().includes(wanted));
  }, [names, filter]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the details change with their version
  const rows = useMemo(
    () => sortTags(kept, sorting, (name) => details.get(name)),
    [kept, sorting, details, version],
  );

  const pullTag = useCallback(
    (name: string): void => {
      pull(`${address}/${repository}:${name}`).then(
        () => setFailed(null),
        (error: unknown) => setFailed({ name, problem: problemOf(error) }),
      );
    },
    [pull, address, repository],
  );
  const pullAgain = (): void => {
    if (failed) pullTag(failed.name);
  };
  const columns = useMemo(
    () => tagColumns(t, Date.now(), address, details, pullTag),
    [t, address, details, pullTag],
  );
  const look = useCallback((visible: readonly string[]) => details.look(visible), [details]);
  const copyDigest = (name: string): void => {
    const detail = details.get(name);
    if (detail?.state === 'ready') void copy(detail.tag.digest);
  };
  if (names.length === 0) {
    return (
      <EmptyState
        icon={<Tags size={32} strokeWidth={1.25} />}
        title={t('browse.noTags')}
        text={t('browse.noTagsWhy')}
      />
    );
  }
  return (
    <>
      <div className="toolbar">
        <FilterField label={t('browse.filterTags')} value={filter} onChange={setFilter} />
        <span className="toolbar-note" aria-live="polite">
          {t('browse.tagCount', { count: rows.length })}
        </span>
      </div>
      {failed ? (
        <div className="fill-note">
          <ProblemNote
            problem={failed.problem}
            actions={{
              retry: pullAgain,
              'sign-in': () => askToSignIn(wishFor(failed.problem, address, pullAgain)),
            }}
          />
        </div>
      ) : null}
      {rows.length === 0 ? (
        <NoHits text={filter.trim()} />
      ) : (
        <>
          <DataTable
            label={t('browse.tagsOf', { repository })}
            rows={rows}
            columns={columns}
            idOf={nameOf}
            sorting={sorting}
            onSort={setSorting}
            onVisible={look}
            rowKeys={{
              p: pullTag,
              c: (name) => void copy(`${address}/${repository}:${name}`),
              d: copyDigest,
            }}
          />
          <p className="key-hints">{t('browse.tagKeys')}</p>
        </>
      )}
    </>
  );
}

const nameOf = (name: string): string => name;
