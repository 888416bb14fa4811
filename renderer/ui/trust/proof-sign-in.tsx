import { Button } from '@mantine/core';
import type { Proof } from '../../../shared/model/consumer.ts';
import { useWords } from '../../lib/words.tsx';
import { useAskToSignIn } from '../sign-in/ask-to-sign-in.tsx';
import { needsLogin, wishFor } from '../sign-in/sign-in-wish.ts';

/** Beside a proof that failed for want of a login: the way to sign in again, after which it is asked for anew. */
export function ProofSignIn(props: {
  readonly address: string;
  readonly rows: readonly Proof[];
  readonly onSignedIn: () => unknown;
}) {
  const t = useWords();
  const askToSignIn = useAskToSignIn();
  const problem = props.rows.find((row) => row.problem && needsLogin(row.problem))?.problem;
  if (!problem) return null;
  return (
    <Button
      size="compact-sm"
      variant="default"
      onClick={() => askToSignIn(wishFor(problem, props.address, props.onSignedIn))}
    >
      {t('registries.signIn.again')}
    </Button>
  );
}
