import type { HelperRepair } from '../model/helper-status.ts';
import type { Translator } from './translator.ts';

/** One thing that a repair of the credential helper does, from the catalogue keys `accounts.helper.fix.<kind>`. */
export function sayRepair(t: Translator, { kind, ...values }: HelperRepair): string {
  return t(`accounts.helper.fix.${kind}`, values);
}
