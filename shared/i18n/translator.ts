import { IntlMessageFormat } from 'intl-messageformat';
import type { catalogues } from './catalogues.ts';
import type { Locale } from './locale.ts';

type English = (typeof catalogues)['en'];

/** A message of the catalogue: `namespace.key`. */
export type MessageKey = {
  [N in keyof English & string]: `${N}.${keyof English[N] & string}`;
}[keyof English & string];

/** What fills a message's placeholders. Lists are joined as the language does. */
type MessageValues = Readonly<Record<string, string | number | Date | readonly string[]>>;

/** Puts a message into the reader's language. */
export interface Translator {
  readonly locale: Locale;
  /** Whether there is such a message; some that go beyond the usual are for some subjects only. */
  has(key: string): boolean;
  (key: MessageKey, values?: MessageValues): string;
}

/** Messages of one language: namespace, key, text. */
type Messages = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Makes the translator of one language from its messages, which are parsed once, when first used. */
export function translatorOf(locale: Locale, messages: Messages): Translator {
  const parsed = new Map<string, IntlMessageFormat>();
  const lists = new Intl.ListFormat(locale, { type: 'conjunction' });
  const find = (key: MessageKey): IntlMessageFormat => {
    const known = parsed.get(key);
    if (known) return known;
    const message = new IntlMessageFormat(messageOf(messages, key), locale, undefined, {
      ignoreTag: true,
    });
    parsed.set(key, message);
    return message;
  };
  const translate = (key: MessageKey, values: MessageValues = {}): string => {
    const filled = Object.fromEntries(
      Object.entries(values).map(([name, value]) => [
        name,
        Array.isArray(value) ? lists.format(value) : (value as string | number | Date),
      ]),
    );
    return String(find(key).format(filled));
  };
  const has = (key: string) => textOf(messages, key) !== undefined;
  return Object.assign(translate, { locale, has });
}

function textOf(messages: Messages, key: string): string | undefined {
  const dot = key.indexOf('.');
  return messages[key.slice(0, dot)]?.[key.slice(dot + 1)];
}

function messageOf(messages: Messages, key: MessageKey): string {
  const message = textOf(messages, key);
  if (message === undefined) throw new Error(`no message: ${key}`);
  return message;
}
