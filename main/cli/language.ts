import type { RegentClient } from '../../shared/contract/client.ts';
import { chooseLocale, type Locale } from '../../shared/i18n/index.ts';

/** The languages that the environment asks for, best first: the first variable that is set decides. */
export function languagesOf(env: NodeJS.ProcessEnv): readonly string[] {
  const chosen = env.REGENT_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return chosen ? [chosen] : [];
}

/**
 * The language to speak: REGENT_LANG, else what the settings say, else the environment's. `LC_ALL=C` is how
 * scripts ask for words that are the same everywhere, so it goes before the settings, as gettext puts it before
 * LANGUAGE. Settings that can't be read are no reason to fall silent, so they only lose their say here.
 */
export async function findLocale(env: NodeJS.ProcessEnv, client: RegentClient): Promise<Locale> {
  if (env.REGENT_LANG) return chooseLocale([env.REGENT_LANG]);
  if (isPlainC(env.LC_ALL)) return chooseLocale([]);
  try {
    return (await client.settings.get()).locale;
  } catch {
    return chooseLocale(languagesOf(env));
  }
}

/** Whether the locale is POSIX's own, in any character set (POSIX.1-2024, 8.2). */
function isPlainC(locale: string | undefined): boolean {
  return locale !== undefined && /^(C|POSIX)(\.|$)/i.test(locale);
}
