import { problemOf } from '../../shared/errors/regent-error.ts';
import en from '../../shared/i18n/en/errors.json' with { type: 'json' };
import { explain } from '../../shared/i18n/explain.ts';
import ko from '../../shared/i18n/ko/errors.json' with { type: 'json' };
import { chooseLocale } from '../../shared/i18n/locale.ts';
import pl from '../../shared/i18n/pl/errors.json' with { type: 'json' };
import { translatorOf } from '../../shared/i18n/translator.ts';
import { replaceInvisible } from '../../shared/model/plain-text.ts';

/** The helper says errors only: with all the other words it would be twice as big. */
const words = { en, ko, pl };

/**
 * One line for a thrown error, in the user's language: what happened, why, and what mends it. docker shows it after
 * `error getting credentials`. Loaded only when something went wrong.
 */
export function sayProblem(thrown: unknown, env: NodeJS.ProcessEnv): string {
  const preferred = [env.LC_ALL, env.LC_MESSAGES, env.LANG].filter((name) => name !== undefined);
  const locale = chooseLocale(preferred);
  const translator = translatorOf(locale, { errors: words[locale] });
  const { what, why, fix } = explain(translator, problemOf(thrown));
  // docker prints the line as it is, and a part of it may be the words of a file or of another program.
  const sentences = [what, why, fix].map((text) =>
    replaceInvisible(text, ' ').replace(/\s+/g, ' ').trim(),
  );
  // Some end with the system's own words, which have no full stop.
  return sentences.map((text) => (/[.!?。]$/.test(text) ? text : `${text}.`)).join(' ');
}
