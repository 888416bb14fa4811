import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Problem } from '../../../shared/errors/index.ts';
import type { TrustResult } from '../../../shared/model/trust.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { isAllFailed } from './trust-outcome.tsx';

/** Applies plans, each once. */
export interface Apply {
  readonly isBusy: boolean;
  /** The person said no in the system's own dialog. */
  readonly isDeclined: boolean;
  readonly problem: Problem | null;
  /** A result by which nobody trusts the registry. */
  readonly failure: TrustResult | null;
  readonly run: (planId: string) => void;
  readonly reset: () => void;
}

/** Applies a plan after the question of the main process, and has everything looked at again that depends on it. */
export function useApply(props: {
  readonly onDone: (result: TrustResult) => void;
  /** The plan is used up, but there is no trust: another one is needed. */
  readonly onSpent: () => void;
}): Apply {
  const { api } = useRegent();
  const cache = useQueryClient();
  const apply = useMutation(
    api.trust.apply.mutationOptions({
      onSuccess: (result) => {
        void cache.invalidateQueries({ queryKey: api.trust.key() });
        void cache.invalidateQueries({ queryKey: api.registries.status.key() });
        void cache.invalidateQueries({ queryKey: api.repositories.key() });
        if (!isAllFailed(result)) props.onDone(result);
      },
      onSettled: (result) => (result && !isAllFailed(result) ? undefined : props.onSpent()),
    }),
  );
  const problem = problemIn(apply);
  const isDeclined = problem?.code === 'TRUST_DECLINED';
  return {
    isBusy: apply.isPending,
    isDeclined,
    problem: isDeclined ? null : problem,
    failure: apply.data && isAllFailed(apply.data) ? apply.data : null,
    run: (planId) => apply.mutate({ planId }),
    reset: () => apply.reset(),
  };
}
