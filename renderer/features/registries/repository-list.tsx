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

/** The repositories of a registry: what is known of them at once, and how well that is known. */
export function RepositoryList({ address }: { readonly address: string }) {
  const t = useWords();
  const repositories = useRepositories(address);
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
  if (known.names.length === 0) return <NoRepositories address={address} />;
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
        known={known}
        isReading={repositories.isFetching}
        favourites={favourites}
        onStar={(repository) => toggle({ address, repository })}
      />
    </>
  );
}
