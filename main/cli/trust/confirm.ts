import { RegentError } from '../../../shared/errors/index.ts';
import { parseFingerprint } from '../../../shared/model/certificate.ts';
import type { TrustPlan } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';
import { askYes, canAsk, isYes } from '../terminal/ask-yes.ts';

/** What a person decided: trust what is shown, or the certificate of the fingerprint that was typed. */
export type Decision =
  | { readonly kind: 'yes' }
  | { readonly kind: 'fingerprint'; readonly sha256: string };

type AskContext = Pick<CommandContext, 'input' | 'json' | 't'>;

/**
 * Asks whether the certificate shown may be trusted. No is what an empty line means.
 * @throws RegentError `TRUST_UNCONFIRMED` where nobody can be asked, `TRUST_DECLINED`, `FINGERPRINT_INVALID`
 */
export async function confirmCertificate(
  context: AskContext,
  address: string,
  sha256: string,
): Promise<Decision> {
  if (!canAsk(context)) throw new RegentError('TRUST_UNCONFIRMED', { address, sha256 });
  const { input, t } = context;
  const answer = ((await input.ask(`${t('cli.trust.question')} `)) ?? '').trim();
  if (isYes(context, answer)) return { kind: 'yes' };
  // Words are a no, whichever they are; what is long enough to be a fingerprint must be one.
  if (answer.length < 32) throw new RegentError('TRUST_DECLINED', { address });
  return { kind: 'fingerprint', sha256: parseFingerprint(answer) };
}

/**
 * Asks whether plain HTTP may be allowed; the address has to be typed, so that no habit answers. Where nobody
 * can be asked, the option that asked for it by name is enough.
 * @throws RegentError `TRUST_DECLINED`
 */
export async function confirmInsecure(context: AskContext, address: string): Promise<void> {
  if (!canAsk(context)) return;
  const { input, t } = context;
  const answer = await input.ask(`${t('cli.trust.questionInsecure', { address })} `);
  if (answer?.trim() !== address) throw new RegentError('TRUST_DECLINED', { address });
}

/**
 * Asks whether the changes shown may be made.
 * @throws RegentError `USAGE_ARGUMENT_MISSING` where nobody can be asked, `TRUST_DECLINED`
 */
export async function confirmChanges(
  context: AskContext,
  { address }: Pick<TrustPlan, 'address'>,
): Promise<void> {
  if (!canAsk(context)) throw new RegentError('USAGE_ARGUMENT_MISSING', { argument: '--yes' });
  const isWanted = await askYes(context, context.t('cli.trust.questionChanges'));
  if (!isWanted) throw new RegentError('TRUST_DECLINED', { address });
}
