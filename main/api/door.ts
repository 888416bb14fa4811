import type { Settings } from '../../shared/contract/settings.ts';
import type { TrustPlan } from '../../shared/model/trust.ts';

/** What a door (window or terminal) lends to the procedures behind it. */
export interface Door {
  readonly kind: 'window' | 'terminal';
  /** Asks whether a plan may be carried out, in a way that the page can't fake; the terminal has asked already. */
  confirmTrust(plan: TrustPlan): Promise<boolean>;
  /** Puts text on the clipboard. */
  copyText(text: string): void;
  /** Takes up changed settings: theme, language. */
  applySettings(settings: Settings): void;
  /** The languages the user prefers, as the system says (BCP 47 or POSIX names), best first. */
  preferredLanguages(): readonly string[];
}
