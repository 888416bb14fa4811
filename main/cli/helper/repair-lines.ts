import { sayRepair, type Translator } from '../../../shared/i18n/index.ts';
import type { HelperRepair } from '../../../shared/model/helper-status.ts';
import { paint } from '../text/paint.ts';

/** What a repair does, a line for each thing. */
export function repairLines(t: Translator, repairs: readonly HelperRepair[]): readonly string[] {
  return repairs.map((repair) => `${paint('warn', '~')} ${sayRepair(t, repair)}`);
}
