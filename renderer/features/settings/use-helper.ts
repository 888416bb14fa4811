import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';

/** The credential helper: how it stands, and how to install and uninstall it. */
export function useHelper() {
  const { api } = useRegent();
  const cache = useQueryClient();
  const status = useQuery(api.accounts.helperStatus.queryOptions());
  const onSettled = () => cache.invalidateQueries({ queryKey: api.accounts.helperStatus.key() });
  const install = useMutation(api.accounts.helperInstall.mutationOptions({ onSettled }));
  const uninstall = useMutation(api.accounts.helperUninstall.mutationOptions({ onSettled }));
  return {
    status: status.data,
    isBusy: install.isPending || uninstall.isPending,
    problem: problemIn(install) ?? problemIn(uninstall),
    install: () => install.mutateAsync({}),
    uninstall: () => uninstall.mutateAsync(undefined),
  };
}
