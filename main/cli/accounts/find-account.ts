import { RegentError } from '../../../shared/errors/index.ts';
import type { Account } from '../../../shared/model/account.ts';
import { DOCKER_HUB, isDockerHub } from '../../../shared/model/docker-hub.ts';
import type { CommandContext } from '../command.ts';
import { readAddress } from '../read-address.ts';

/**
 * The accounts that are meant by an address as it was typed: under exactly that text, since some keys are only
 * docker's, else under the registry's address in it.
 * @throws RegentError `ADDRESS_INVALID`, `ACCOUNT_NOT_FOUND`, and `ACCOUNT_UNKNOWN` when there is none of that user
 */
export async function findAccounts(
  { client, signal }: Pick<CommandContext, 'client' | 'signal'>,
  typed: string,
  username?: string,
): Promise<readonly [Account, ...Account[]]> {
  const all = await client.accounts.list(undefined, { signal });
  const exact = all.filter(({ address }) => address === typed);
  const address = exact.length > 0 ? typed : readAddress(typed);
  const [first, ...more] = exact.length > 0 ? exact : all.filter((one) => isAt(one, address));
  if (!first) throw new RegentError('ACCOUNT_NOT_FOUND', { address });
  if (username === undefined) return [first, ...more];
  const found = [first, ...more].find((account) => account.username === username);
  if (!found) throw new RegentError('ACCOUNT_UNKNOWN', { address: first.address, username });
  return [found];
}

/** Names of hosts have no case; Docker Hub goes by several names. */
function isAt(account: Account, address: string): boolean {
  return canonical(account.address) === canonical(address);
}

function canonical(address: string): string {
  const lower = address.toLowerCase();
  return isDockerHub(lower) ? DOCKER_HUB : lower;
}
