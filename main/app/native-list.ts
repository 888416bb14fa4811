import { sayChange, type Translator } from '../../shared/i18n/index.ts';
import type { Change } from '../../shared/model/change.ts';
import type { ConsumerId } from '../../shared/model/consumer.ts';
import { plainText } from '../../shared/model/plain-text.ts';

/** Names in a certificate, paths and commands can be longer than a dialog. */
export const LONGEST = 200;
/** Lines of one list; a dialog can't be scrolled, and its buttons must stay on the screen. */
const MOST_LINES = 12;

/** What weighs most comes first: a cut list must not hide it. */
const weights: Readonly<Record<Change['kind'], number>> = {
  run: 0,
  'edit-file': 1,
  'set-aside': 2,
  'write-secret': 3,
  'write-file': 4,
  remove: 5,
  'create-directory': 6,
};

/** A change, and whose it is. */
export interface OwnedChange {
  readonly consumer: ConsumerId;
  readonly change: Change;
}

/** Changes as lines of a native dialog: every program is named, and what weighs most comes first. */
export function nativeChangeLines(
  changes: readonly OwnedChange[],
  t: Translator,
): readonly string[] {
  const consumers = [...new Set(changes.map(({ consumer }) => t(`common.consumer.${consumer}`)))];
  const lines = changes
    .toSorted((one, other) => weights[one.change.kind] - weights[other.change.kind])
    .map(({ change }) => plainText(sayChange(t, change), LONGEST));
  return [`${consumers.join(', ')}:`, ...boundedLines([...new Set(lines)], t)];
}

/** No more lines than a dialog can show. */
export function boundedLines(lines: readonly string[], t: Translator): readonly string[] {
  if (lines.length <= MOST_LINES) return lines;
  const shown = lines.slice(0, MOST_LINES - 1);
  return [...shown, t('app.confirmTrust.more', { count: lines.length - shown.length })];
}
