import { useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { isAway } from '../../lib/is-away.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { sayReset } from '../../ui/away-note.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';

/** Why there are no tags to show, and the ways on. */
export function TagsProblem(props: {
  readonly address: string;
  readonly problem: Problem;
  readonly onRetry: () => void;
  readonly onSignedIn: () => void;
}) {
  const { address, problem } = props;
  const askToSignIn = useAskToSignIn();
  const t = useWords();
  const [now] = useState(() => Date.now());
  const reset = sayReset(t, problem, now);
  return (
    <div className="page-body">
      <ProblemNote
        problem={problem}
        tone={isAway(problem) ? 'attention' : 'bad'}
        actions={{
          retry: props.onRetry,
          trust: () => goTo({ screen: 'add', text: address, demo: false }),
          'sign-in': () => askToSignIn(wishFor(problem, address, props.onSignedIn)),
        }}
      >
        {reset === null ? null : <p>{reset}</p>}
      </ProblemNote>
    </div>
  );
}
