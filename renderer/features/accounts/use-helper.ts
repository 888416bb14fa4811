import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';

/** The credential helper: how it stands, and how to install, repair and uninstall it. */
export function useHelper() {
  const { api } = useRegent();
  const cache = useQueryClient();
  const refresh = useRefreshAccounts();
  const status = useQuery(api.accounts.helperStatus.queryOptions());
  const change = {
    // A change of mind waits for the change under way.
    scope: { id: 'helper' },
    // The answer is the new state: it shows at once, and what else has changed follows.
    onSuccess: (now: HelperStatus) => {
      cache.setQueryData(api.accounts.helperStatus.queryKey(), now);
    },
    // Also after a failure: a part may have been done.
    onSettled: () => void refresh(),
  };
  const install = useMutation(api.accounts.helperInstall.mutationOptions(change));
  const repair = useMutation(api.accounts.helperRepair.mutationOptions(change));
  const uninstall = useMutation(api.accounts.helperUninstall.mutationOptions(change));
  return { status, install, repair, uninstall, problemOfStatus: problemIn(status) };
}
