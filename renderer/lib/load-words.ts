import { type Locale, type Translator, translatorOf } from '../../shared/i18n/words.ts';

/** Each language is a file of its own, loaded when somebody reads it. */
const languages = {
  en: () => import('../../shared/i18n/window/en.ts'),
  ko: () => import('../../shared/i18n/window/ko.ts'),
  pl: () => import('../../shared/i18n/window/pl.ts'),
} as const;

/** Loads a language. */
export async function loadWords(locale: Locale): Promise<Translator> {
  const { messages } = await languages[locale]();
  return translatorOf(locale, messages);
}
