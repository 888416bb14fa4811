import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemIn } from '../../lib/errors.ts';
import { useShortcuts } from '../../lib/keys.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { hrefOf } from '../../lib/routes.ts';
import { useWords } from '../../lib/words.tsx';
import { Page } from '../../ui/page.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { RefreshButton } from '../../ui/refresh-button.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import './repository-screen.css';
import { TagTable } from './tag-table.tsx';

/** One repository and its tags. */
export function RepositoryScreen(props: { readonly address: string; readonly repository: string }) {
  const t = useWords();
  const { api } = useRegent();
  const { address, repository } = props;
  const askToSignIn = useAskToSignIn();
  const [round, setRound] = useState(0);
  const tags = useQuery(api.repositories.tags.queryOptions({ input: { address, repository } }));
  const startRound = (): void => setRound((before) => before + 1);
  const refresh = (): void => {
    void tags.refetch();
    startRound();
  };
  useShortcuts({ r: refresh });
  const problem = problemIn(tags);
  return (
    <Page
      documentTitle={`${address}/${repository}`}
      fill
      title={
        <>
          <a className="crumb" href={hrefOf({ screen: 'registry', address })} dir="ltr">
            {address}
          </a>
          <span className="crumb-mark" aria-hidden="true">
            {' / '}
          </span>
          <span dir="ltr">{repository}</span>
        </>
      }
      actions={<RefreshButton onRefresh={refresh} />}
    >
      {problem ? (
        <div className="page-body">
          <ProblemNote
            problem={problem}
            actions={{
              retry: refresh,
              trust: () => goTo({ screen: 'add', text: address, demo: false }),
              'sign-in': () => askToSignIn(wishFor(problem, address, startRound)),
            }}
          />
        </div>
      ) : tags.data ? (
        <TagTable address={address} repository={repository} names={tags.data.tags} round={round} />
      ) : (
        <div className="toolbar">
          <StatusBadge tone="busy" word={t('browse.loadingTags')} />
        </div>
      )}
    </Page>
  );
}
