import { problemOf } from '../../shared/errors/regent-error.ts';
import { chooseLocale, createTranslator, explain } from '../../shared/i18n/index.ts';

/**
 * One line for a thrown error, in the user's language: what happened, why, and what mends it. docker shows it after
 * `error getting credentials`. Loaded only when something went wrong.
 */
export function sayProblem(thrown: unknown, env: NodeJS.ProcessEnv): string {
  const preferred = [env.LC_ALL, env.LC_MESSAGES, env.LANG].filter((name) => name !== undefined);
  const { what, why, fix } = explain(createTranslator(chooseLocale(preferred)), problemOf(thrown));
  const sentences = [what, why, fix].map((text) => text.replace(/\s+/g, ' ').trim());
  // Some end with the system's own words, which have no full stop.
  return sentences.map((text) => (/[.!?。]$/.test(text) ? text : `${text}.`)).join(' ');
}
