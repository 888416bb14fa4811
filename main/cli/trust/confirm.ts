import { RegentError } from '../../../shared/errors/index.ts';
import { parseFingerprint } from '../../../shared/model/certificate.ts';
import type { TrustPlan } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';

/** What a person decided: trust what is shown, or the certificate of the fingerprint that was typed. */
export type Decision =
  | { readonly kind: 'yes' }
  | { readonly kind: 'fingerprint'; readonly sha256: string };

const YES: Readonly<Record<string, readonly string[]>> = {
  en: ['y', 'yes'],
  ko: ['y', 'yes', '예', '네'],
  pl: ['t', 'tak', 'y', 'yes'],
};

/**
 * Asks whether the plan shown may be carried out. No is what an empty line means.
 * @throws RegentError `TRUST_UNCONFIRMED` where nobody can be asked, `TRUST_DECLINED`, `FINGERPRINT_INVALID`
 */
export async function confirmPlan(
  { input, json, t }: Pick<CommandContext, 'input' | 'json' | 't'>,
  { address, certificate }: TrustPlan,
): Promise<Decision> {
  if (json || !input.isTty) {
    throw new RegentError('TRUST_UNCONFIRMED', { address, sha256: certificate.sha256 });
  }
  const answer = ((await input.ask(`${t('cli.trust.question')} `)) ?? '').trim();
  if (YES[t.locale]?.includes(answer.toLowerCase())) return { kind: 'yes' };
  // Words are a no, whichever they are; what is long enough to be a fingerprint must be one.
  if (answer.length < 32) throw new RegentError('TRUST_DECLINED', { address });
  return { kind: 'fingerprint', sha256: parseFingerprint(answer) };
}
