import Tags from 'lucide-react/icons/tags';
import { useCallback, useMemo, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { problemOf } from '../../lib/errors.ts';
import { goTo } from '../../lib/navigation.ts';
import { useTasks } from '../../lib/tasks.tsx';
import { useCopy } from '../../lib/use-copy.ts';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { NoHits } from '../../ui/no-hits.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import { SelectionBar } from './selection-bar.tsx';
import { tagColumns } from './tag-columns.tsx';
import type { TagDetails } from './tag-details.ts';
import { type Deletion, TagDialogs } from './tag-dialogs.tsx';
import { TagToolbar } from './tag-toolbar.tsx';
import { useTagRows } from './use-tag-rows.ts';
import { useTagSelection } from './use-tag-selection.ts';
import type { KnownTags } from './use-tags.ts';

/** A pull that could not even begin. */
interface FailedPull {
  readonly name: string;
  readonly problem: Problem;
}

/** The tags of a repository: names at once, details for the rows that are on the screen. */
export function TagTable(props: {
  readonly address: string;
  readonly repository: string;
  readonly known: KnownTags;
  readonly isReading: boolean;
  readonly details: TagDetails;
}) {
  const t = useWords();
  const copy = useCopy();
  const { pull } = useTasks();
  const { address, repository, known, details } = props;
  const [failed, setFailed] = useState<FailedPull | null>(null);
  const askToSignIn = useAskToSignIn();
  const list = useTagRows(`${address}/${repository}`, known.names, details);
  const { chosen, selection, clear } = useTagSelection(list.rows);
  const [deletion, setDeletion] = useState<Deletion | null>(null);
  const pullTag = useCallback(
    (name: string): void => {
      pull(`${address}/${repository}:${name}`).then(
        () => setFailed(null),
        (error: unknown) => setFailed({ name, problem: problemOf(error) }),
      );
    },
    [pull, address, repository],
  );
  const compare = (): void => {
    // The older one, by the usual order, comes first.
    const [right = '', left = ''] = chosen;
    const sideOf = (reference: string) => ({ address, repository, reference });
    goTo({ screen: 'compare', left: sideOf(left), right: sideOf(right) });
  };
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
  if (known.names.length === 0) {
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
      <TagToolbar
        list={list}
        known={known}
        isReading={props.isReading}
        onCleanUp={() => setDeletion('by-rule')}
      />
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
      {list.rows.length === 0 ? (
        <NoHits text={list.filter.trim()} />
      ) : (
        <>
          <DataTable
            label={t('browse.tagsOf', { repository })}
            rows={list.rows}
            columns={columns}
            idOf={nameOf}
            keptAs={`tags row ${address}/${repository}`}
            sorting={list.sorting}
            onSort={list.setSorting}
            onVisible={look}
            selection={selection}
            opensOnClick
            onOpen={(reference) => goTo({ screen: 'image', address, repository, reference })}
            rowKeys={{
              p: pullTag,
              c: (name) => void copy(`${address}/${repository}:${name}`),
              d: copyDigest,
              delete: (name) => setDeletion(chosen.length === 0 ? [name] : chosen),
            }}
          />
          {chosen.length === 0 ? (
            <p className="key-hints">{t('browse.tagKeys')}</p>
          ) : (
            <SelectionBar
              chosen={chosen}
              onCompare={compare}
              onDelete={() => setDeletion(chosen)}
              onClear={clear}
            />
          )}
        </>
      )}
      <TagDialogs
        address={address}
        repository={repository}
        deletion={deletion}
        onClose={() => setDeletion(null)}
      />
    </>
  );
}

const nameOf = (name: string): string => name;
