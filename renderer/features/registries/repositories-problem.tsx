import { useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { isAway } from '../../lib/is-away.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { sayReset } from '../../ui/away-note.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import { MarkedLists } from './marked-lists.tsx';
import { OpenByName } from './open-by-name.tsx';

/** Problems under which a repository may still be opened when one knows its name. */
const OPENS_BY_NAME = new Set(['CATALOG_UNAVAILABLE', 'ACCESS_DENIED', 'REGISTRY_ERROR']);

/** Why the repositories can't be listed, and the ways on. */
export function RepositoriesProblem(props: {
  readonly address: string;
  readonly problem: Problem;
  readonly onRetry: () => void;
}) {
  const { address, problem } = props;
  const askToSignIn = useAskToSignIn();
  const t = useWords();
  const [now] = useState(() => Date.now());
  const reset = sayReset(t, problem, now);
  return (
    <div className="page-body flow-content">
      <ProblemNote
        problem={problem}
        // Many registries have no list on purpose, and others come back; nothing is broken then.
        tone={problem.code === 'CATALOG_UNAVAILABLE' || isAway(problem) ? 'attention' : 'bad'}
        actions={{
          retry: props.onRetry,
          trust: () => goTo({ screen: 'add', text: address, demo: false }),
          'sign-in': () => askToSignIn(wishFor(problem, address)),
        }}
      >
        {reset === null ? null : <p>{reset}</p>}
      </ProblemNote>
      {OPENS_BY_NAME.has(problem.code) ? (
        <>
          <OpenByName address={address} />
          <MarkedLists address={address} />
        </>
      ) : null}
    </div>
  );
}
