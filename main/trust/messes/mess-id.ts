import type { Mess } from '../../../shared/model/trust.ts';
import { sha256Of } from '../x509/fingerprint.ts';

/**
 * A name that stays the same as long as the mess does, and that can be typed: no path, which may have any sign in it.
 * One file can be a mess for several registries.
 */
export function messIdOf({
  address,
  consumer,
  kind,
  path,
}: Pick<Mess, 'address' | 'consumer' | 'kind' | 'path'>): string {
  const whole = JSON.stringify([address, consumer, path]);
  return `${kind}-${sha256Of(Buffer.from(whole)).slice(0, 8)}`;
}
