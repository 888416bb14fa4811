import { problemIn } from '../../lib/errors.ts';
import { isAway } from '../../lib/is-away.ts';
import { useShortcuts } from '../../lib/keys.ts';
import { hrefOf } from '../../lib/routes.ts';
import { useMarks } from '../../lib/use-marks.ts';
import { useWords } from '../../lib/words.tsx';
import { AwayNote } from '../../ui/away-note.tsx';
import { Crumb } from '../../ui/crumb.tsx';
import { Page } from '../../ui/page.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { RegistryProblem } from '../../ui/registry-problem.tsx';
import { StarButton } from '../../ui/star-button.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { V1Note } from '../../ui/v1-note.tsx';
import './repository-screen.css';
import { TagTable } from './tag-table.tsx';
import { useHalt, useTagDetails } from './use-tag-details.ts';
import { useTags } from './use-tags.ts';

/** One repository and its tags: what is known of them at once, and how well that is known. */
export function RepositoryScreen(props: { readonly address: string; readonly repository: string }) {
  const t = useWords();
  const { address, repository } = props;
  const { isFavourite, toggle } = useMarks();
  const tags = useTags(address, repository);
  const details = useTagDetails(address, repository, tags.data);
  const halt = useHalt(details);
  const refresh = (): void => {
    void tags.refetch();
    details.again();
  };
  const star = (): void => toggle({ address, repository });
  useShortcuts({ r: refresh, s: star });
  const problem = problemIn(tags);
  const known = tags.data;
  return (
    <Page
      documentTitle={`${address}/${repository}`}
      fill
      title={
        <>
          <Crumb href={hrefOf({ screen: 'registry', address })} text={address} mark=" / " />
          <span dir="ltr">{repository}</span>
        </>
      }
      actions={
        <>
          <StarButton
            repository={repository}
            isFavourite={isFavourite({ address, repository })}
            onToggle={star}
          />
          <RefreshButton onRefresh={refresh} />
        </>
      }
    >
      <V1Note address={address} />
      {problem && !(known && isAway(problem)) ? (
        <div className="page-body">
          <RegistryProblem
            address={address}
            problem={problem}
            onRetry={refresh}
            onSignedIn={() => details.again()}
          />
        </div>
      ) : known ? (
        <>
          {problem ? (
            <AwayNote problem={problem} keptAt={known.at} onRetry={refresh} />
          ) : halt ? (
            <AwayNote problem={halt} keptAt={null} onRetry={details.resume} />
          ) : null}
          <TagTable
            address={address}
            repository={repository}
            known={known}
            isReading={tags.isFetching}
            details={details}
          />
        </>
      ) : (
        <div className="toolbar">
          <StatusBadge tone="busy" word={t('browse.loadingTags')} />
        </div>
      )}
    </Page>
  );
}
