import { commandText } from '../../../shared/model/command-text.ts';
import type { HelperStatus } from '../../../shared/model/helper-status.ts';
import type { CommandContext } from '../command.ts';
import { paint } from '../text/paint.ts';

/**
 * Says how docker finds a login that it doesn't find yet. Nothing is said where Docker's settings can't be read:
 * the login is kept all the same, and `helper status` tells.
 */
export async function suggestHelper(
  { client, out, signal, t }: Pick<CommandContext, 'client' | 'out' | 'signal' | 't'>,
  address: string,
): Promise<void> {
  const status = await client.accounts.helperStatus(undefined, { signal }).catch(() => undefined);
  if (!status || isFound(status, address)) return;
  const command = commandText(['regent', 'helper', 'install', address]);
  out.line(`  ${paint('dim', t('cli.login.suggestHelper', { command }))}`);
}

function isFound({ reach, routes, isDefault }: HelperStatus, address: string): boolean {
  const docker = reach.find((one) => one.address === address && one.program === 'docker');
  return docker ? docker.finds === 'regent' : isDefault || routes.includes(address);
}
