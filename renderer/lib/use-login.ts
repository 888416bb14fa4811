import type { Problem } from '../../shared/errors/index.ts';
import type { Account } from '../../shared/model/account.ts';
import { usePrivateCall } from './use-private-call.ts';
import { useRefreshAccounts } from './use-refresh-accounts.ts';

/** Somebody is signed in now; what depends on that is being asked anew. */
export interface SignedIn {
  readonly account: Account;
  readonly refreshed: Promise<unknown>;
}

/** A call that signs in, and how it stands. */
export interface Login {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Answers null when nobody was signed in. */
  readonly run: (call: () => Promise<Account>) => Promise<SignedIn | null>;
}

/** Runs calls that sign in. */
export function useLogin(): Login {
  const refresh = useRefreshAccounts();
  const { run, ...state } = usePrivateCall();
  return {
    ...state,
    run: async (call) => {
      const account = await run(call);
      return account && { account, refreshed: refresh() };
    },
  };
}
