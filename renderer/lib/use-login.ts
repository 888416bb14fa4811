import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { Problem } from '../../shared/errors/index.ts';
import type { Account } from '../../shared/model/account.ts';
import { problemOf } from './errors.ts';
import { useRegent } from './regent-context.tsx';

/** A call that signs in, and how it stands. */
export interface Login {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  readonly run: (call: () => Promise<Account>) => Promise<Account | null>;
}

/**
 * Runs calls that sign in. On purpose no mutation of the query library: its cache would keep the call's
 * input, and with it the password, for as long as the screen is open.
 */
export function useLogin(): Login {
  const { api } = useRegent();
  const cache = useQueryClient();
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const run = async (call: () => Promise<Account>): Promise<Account | null> => {
    setBusy(true);
    setProblem(null);
    try {
      const account = await call();
      await Promise.all([
        cache.invalidateQueries({ queryKey: api.accounts.list.key() }),
        cache.invalidateQueries({ queryKey: api.registries.status.key() }),
        cache.invalidateQueries({ queryKey: api.repositories.key() }),
      ]);
      return account;
    } catch (error) {
      setProblem(problemOf(error));
      return null;
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, problem, run };
}
