import { useState } from 'react';
import type { Problem } from '../../shared/errors/index.ts';
import { isAway } from '../lib/is-away.ts';
import { goTo } from '../lib/navigation.ts';
import { useWords } from '../lib/words.tsx';
import { sayReset } from './away-note.tsx';
import { ProblemNote } from './problem-note.tsx';
import { useAskToSignIn } from './sign-in/ask-to-sign-in.tsx';
import { wishFor } from './sign-in/sign-in-wish.ts';

/** That there is no list. */
const LISTLESS: ReadonlySet<string> = new Set([
  ...['CATALOG_UNAVAILABLE', 'SEARCH_UNAVAILABLE', 'NAMESPACE_NEEDED'],
]);

/** Why a registry does not answer as wished, and the ways on: again, its certificate, a login. */
export function RegistryProblem(props: {
  readonly address: string;
  readonly problem: Problem;
  readonly onRetry: () => void;
  /** Without it, what failed is asked for again by itself. */
  readonly onSignedIn?: () => void;
}) {
  const { address, problem } = props;
  const askToSignIn = useAskToSignIn();
  const t = useWords();
  const [now] = useState(() => Date.now());
  const reset = sayReset(t, problem, now);
  // Many registries have no list on purpose, and others come back; nothing is broken then.
  const isCalm = LISTLESS.has(problem.code) || isAway(problem);
  return (
    <ProblemNote
      problem={problem}
      tone={isCalm ? 'attention' : 'bad'}
      actions={{
        retry: props.onRetry,
        trust: () => goTo({ screen: 'add', text: address, demo: false }),
        'sign-in': () => askToSignIn(wishFor(problem, address, props.onSignedIn)),
      }}
    >
      {reset === null ? null : <p>{reset}</p>}
    </ProblemNote>
  );
}
