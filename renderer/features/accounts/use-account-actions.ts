import { useMutation } from '@tanstack/react-query';
import type { Problem } from '../../../shared/errors/index.ts';
import { nameAccount } from '../../../shared/i18n/words.ts';
import type { Account } from '../../../shared/model/account.ts';
import { useAnnounce } from '../../lib/announcer.tsx';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';
import { useWords } from '../../lib/words.tsx';

/** What can be done with an account at once: use it, and ask the registry about it. What came of it is said aloud. */
export function useAccountActions(account: Account): {
  readonly isChoosing: boolean;
  readonly isChecking: boolean;
  readonly problem: Problem | null;
  readonly use: () => void;
  readonly check: () => void;
} {
  const t = useWords();
  const { api } = useRegent();
  const announce = useAnnounce();
  const refresh = useRefreshAccounts();
  const { address, username } = account;
  const name = { address, username: nameAccount(t, account) };
  const choose = useMutation(
    api.accounts.use.mutationOptions({
      onSuccess: () => {
        announce(t('accounts.used', name));
        return refresh();
      },
    }),
  );
  const ask = useMutation(
    api.accounts.check.mutationOptions({
      onSuccess: ({ refusedAt }) => {
        announce(t(refusedAt === null ? 'accounts.checkedGood' : 'accounts.checkedBad', name));
        return refresh();
      },
    }),
  );
  return {
    isChoosing: choose.isPending,
    isChecking: ask.isPending,
    problem: problemIn(choose) ?? problemIn(ask),
    use: () => choose.mutate({ address, username }),
    check: () => ask.mutate({ address, username }),
  };
}
