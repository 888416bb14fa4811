import { useMemo } from 'react';
import { problemIn } from '../../lib/errors.ts';
import { isAway } from '../../lib/is-away.ts';
import { useMarks } from '../../lib/use-marks.ts';
import { useWords } from '../../lib/words.tsx';
import { AwayNote } from '../../ui/away-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { NoRepositories } from './no-repositories.tsx';
import { RepositoriesProblem } from './repositories-problem.tsx';
import { RepositoryTable } from './repository-table.tsx';
import { useRepositories } from './use-repositories.ts';

/** The repositories of a registry, or of one namespace there: what is known of them at once, and how well. */
export function RepositoryList(props: { readonly address: string; readonly namespace?: string }) {
  const t = useWords();
  const { address, namespace } = props;
  const place = namespace === undefined ? address : `${address}/${namespace}`;
  const repositories = useRepositories(address, namespace);
  const { marks, toggle } = useMarks();
  const favourites = useMemo(
    () => marks.favourites.filter((one) => one.address === address).map((one) => one.repository),
    [marks, address],
  );
  const known = repositories.data;
  const problem = problemIn(repositories);
  const retry = (): void => void repositories.refetch();
  if (problem && !(known && isAway(problem))) {
    return <RepositoriesProblem address={address} problem={problem} onRetry={retry} />;
  }
  if (!known) {
    return (
      <div className="toolbar">
        <StatusBadge tone="busy" word={t('browse.loadingRepositories')} />
      </div>
    );
  }
  if (known.names.length === 0) return <NoRepositories address={place} />;
  return (
    <>
      {problem ? (
        <AwayNote
          problem={problem}
          keptAt={known.state === 'arriving' ? null : known.at}
          onRetry={retry}
        />
      ) : null}
      <RepositoryTable
        address={address}
        place={place}
        known={known}
        isReading={repositories.isFetching}
        favourites={favourites}
        onStar={(repository) => toggle({ address, repository })}
      />
    </>
  );
}
