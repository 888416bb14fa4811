import { useMutation, useQuery } from '@tanstack/react-query';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';

/** The credential helper: how it stands, and how to install, repair and uninstall it. */
export function useHelper() {
  const { api } = useRegent();
  const refresh = useRefreshAccounts();
  const status = useQuery(api.accounts.helperStatus.queryOptions());
  // Also after a failure: a part may have been done.
  const onSettled = refresh;
  const install = useMutation(api.accounts.helperInstall.mutationOptions({ onSettled }));
  const repair = useMutation(api.accounts.helperRepair.mutationOptions({ onSettled }));
  const uninstall = useMutation(api.accounts.helperUninstall.mutationOptions({ onSettled }));
  return { status, install, repair, uninstall, problemOfStatus: problemIn(status) };
}
