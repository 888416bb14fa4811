import { problemOfCall } from '../../../shared/contract/call-problem.ts';
import { type ExitStatus, errorTable, type Problem } from '../../../shared/errors/index.ts';
import type { Account } from '../../../shared/model/account.ts';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import type { CommandContext } from '../command.ts';
import { mapConcurrently } from '../map-concurrently.ts';
import { paint } from '../text/paint.ts';

/** An account after its registry was asked about it. */
export interface CheckedAccount {
  readonly account: Account;
  /** Null when the registry wasn't heard: what kept it from answering, or that only docker knows that key. */
  readonly answer: 'worked' | 'refused' | null;
  readonly problem: Problem | null;
}

/** Registries asked at a time. */
const AT_ONCE = 8;

/** Asks each registry whether it still takes its accounts. One that can't be asked doesn't keep the others. */
export async function checkAccounts(
  { client, err, json, signal }: Pick<CommandContext, 'client' | 'err' | 'json' | 'signal'>,
  accounts: readonly Account[],
): Promise<readonly CheckedAccount[]> {
  let answered = 0;
  return await mapConcurrently(accounts, AT_ONCE, async (account) => {
    const { address, username } = account;
    if (!splitAddress(address)) return { account, answer: null, problem: null };
    if (!json) err.status([`${paint('dim', '…')} ${answered}/${accounts.length} ${address}`]);
    try {
      const seen = await client.accounts.check({ address, username }, { signal });
      const answer = seen.refusedAt === null ? 'worked' : 'refused';
      return { account: seen, answer, problem: null };
    } catch (error) {
      signal.throwIfAborted();
      return { account, answer: null, problem: problemOfCall(error) };
    } finally {
      answered += 1;
    }
  });
}

/** The exit status of a check: refused logins first, then what kept a registry from answering. */
export function exitOfCheck(checked: readonly CheckedAccount[]): ExitStatus | 0 {
  if (checked.some(({ answer }) => answer === 'refused')) {
    return errorTable.CREDENTIALS_REJECTED.exit;
  }
  const [problem] = checked.flatMap((one) => one.problem ?? []);
  return problem ? errorTable[problem.code].exit : 0;
}
