import { catalogues } from './catalogues.ts';
import type { Locale } from './locale.ts';
import { type Translator, translatorOf } from './translator.ts';

/** Makes the translator of one language, with every message there is. */
export function createTranslator(locale: Locale): Translator {
  return translatorOf(locale, catalogues[locale]);
}
