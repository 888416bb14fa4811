import type { RegentClient } from '../../shared/contract/client.ts';
import { chooseLocale, type Locale } from '../../shared/i18n/index.ts';

/** The languages that the environment asks for, best first: the first variable that is set decides. */
export function languagesOf(env: NodeJS.ProcessEnv): readonly string[] {
  const chosen = env.REGENT_LANG || env.LC_ALL || env.LC_MESSAGES || env.LANG;
  return chosen ? [chosen] : [];
}

/**
 * The language to speak: REGENT_LANG, else what the settings say, else the environment's. Settings that can't
 * be read are no reason to fall silent, so they only lose their say here.
 */
export async function findLocale(env: NodeJS.ProcessEnv, client: RegentClient): Promise<Locale> {
  if (env.REGENT_LANG) return chooseLocale([env.REGENT_LANG]);
  try {
    return (await client.settings.get()).locale;
  } catch {
    return chooseLocale(languagesOf(env));
  }
}
