import { useMutation, useQuery } from '@tanstack/react-query';
import type { Problem } from '../../../shared/errors/index.ts';
import type { ImportedLogin } from '../../../shared/model/found-login.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';

/** Takes logins over, on request with the helper installed before, so that docker finds each in its new place at once. */
export function useImport(onImported: (results: readonly ImportedLogin[]) => void): {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Whether docker would not find in Regent what is taken over. */
  readonly needsHelper: boolean;
  readonly configPath: string;
  readonly run: (ids: readonly string[], withHelper: boolean) => void;
} {
  const { api, client } = useRegent();
  const refresh = useRefreshAccounts();
  const { data } = useQuery(api.accounts.helperStatus.queryOptions());
  const take = useMutation({
    mutationFn: async (wish: { readonly ids: readonly string[]; readonly withHelper: boolean }) => {
      if (wish.withHelper) await client.accounts.helperInstall({ addresses: [] });
      return client.accounts.import({ ids: [...wish.ids] });
    },
    onSuccess: onImported,
    onSettled: refresh,
  });
  return {
    isBusy: take.isPending,
    problem: problemIn(take),
    needsHelper: data?.installed === false,
    configPath: data?.configPath ?? 'config.json',
    run: (ids, withHelper) => take.mutate({ ids, withHelper }),
  };
}
