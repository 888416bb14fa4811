import type { Translator } from '../../../shared/i18n/words.ts';

/** As many as a sentence can bear. */
const MOST = 20;

/** Names in a sentence; of very many the first, and how many more there are. */
export function listNames(t: Translator, names: readonly string[]): string {
  if (names.length <= MOST) return names.join(', ');
  const shown = names.slice(0, MOST).join(', ');
  return `${shown}, ${t('deletion.more', { count: names.length - MOST })}`;
}
