import { saySignIn } from '../../../shared/i18n/index.ts';
import {
  type KnownRegistry,
  knownRegistryOf,
  registryTraits,
} from '../../../shared/model/known-registry.ts';
import type { CommandContext } from '../command.ts';
import { look } from '../look.ts';
import { setInColumns } from '../text/columns.ts';
import { paint } from '../text/paint.ts';

/**
 * How to sign in to a registry that is known by its address, or else by what its server says. A server that can't
 * be looked at is no reason to stop: signing in will tell what is wrong with it.
 */
async function findKnownRegistry(
  context: Pick<CommandContext, 'client' | 'signal' | 'err'>,
  address: string,
): Promise<KnownRegistry | undefined> {
  const known = knownRegistryOf({ address });
  if (known) return known;
  try {
    context.err.status([`${paint('dim', '…')} ${address}`]);
    const { auth } = await look(context, address, () => undefined);
    return knownRegistryOf(registryTraits(address, auth));
  } catch {
    return undefined;
  } finally {
    context.err.status([]);
  }
}

/** Prints how to sign in to a registry, where that is known; the answer is for what can be filled in already. */
export async function showSignInHint(
  context: Pick<CommandContext, 'client' | 'signal' | 'err' | 't'>,
  address: string,
): Promise<KnownRegistry | undefined> {
  const known = await findKnownRegistry(context, address);
  if (known) print(context, known);
  return known;
}

/** Beside the questions, not among the results. */
function print({ err, t }: Pick<CommandContext, 'err' | 't'>, known: KnownRegistry): void {
  const { title, user, password, address } = saySignIn(t, known);
  const rows = [
    [t('sign-in.user'), user],
    [t('sign-in.password'), password],
    ...(known.command ? [[t('sign-in.command'), known.command]] : []),
    [t('sign-in.address'), address],
    ...(known.link ? [[t('sign-in.link'), known.link]] : []),
  ].map(([label = '', words = '']) => [paint('dim', label), words]);
  err.line(paint('bold', title));
  for (const line of setInColumns(rows)) err.line(`  ${line}`);
}
