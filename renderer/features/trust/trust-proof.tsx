import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { ProofMatrix } from '../../ui/trust/proof-matrix.tsx';
import { ProofSignIn } from '../../ui/trust/proof-sign-in.tsx';

/** Asks each program itself, once this is shown, and again on request. */
export function TrustProof({ address }: { readonly address: string }) {
  const t = useWords();
  const { api } = useRegent();
  const askToSignIn = useAskToSignIn();
  const proof = useQuery(
    api.trust.proof.queryOptions({ input: { address }, staleTime: Infinity, gcTime: 0 }),
  );
  const problem = problemIn(proof);
  return (
    <div className="trust-proof" aria-live="polite">
      {proof.isPending ? <StatusBadge tone="busy" word={t('registries.proof.asking')} /> : null}
      {problem ? (
        <ProblemNote
          problem={problem}
          actions={{
            retry: () => void proof.refetch(),
            'sign-in': () => askToSignIn(wishFor(problem, address, proof.refetch)),
          }}
        />
      ) : null}
      {proof.data ? (
        <>
          <ProofMatrix label={t('registries.trust.proofOf', { address })} rows={proof.data.proof} />
          <div className="trust-proof-actions">
            <ProofSignIn
              address={address}
              rows={proof.data.proof}
              onSignedIn={() => proof.refetch()}
            />
            <Button
              size="compact-sm"
              variant="default"
              loading={proof.isFetching}
              onClick={() => void proof.refetch()}
            >
              {t('registries.trust.proveAgain')}
            </Button>
          </div>
        </>
      ) : null}
    </div>
  );
}
