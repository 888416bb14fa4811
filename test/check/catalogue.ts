import { type MessageFormatElement, parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { errorCodes } from '../../shared/errors/index.ts';
import { catalogues } from '../../shared/i18n/catalogues.ts';
import { locales } from '../../shared/i18n/index.ts';
import { productSources, report } from './sources.ts';

type Messages = Readonly<Record<string, string>>;

/** Reads one language as `namespace.key` to message. */
function messagesOf(locale: keyof typeof catalogues): Messages {
  return Object.fromEntries(
    Object.entries(catalogues[locale]).flatMap(([namespace, messages]) =>
      Object.entries(messages as Messages).map(([key, text]) => [`${namespace}.${key}`, text]),
    ),
  );
}

/** The placeholders of a message with their kinds, also inside plurals and selects. */
function placeholders(elements: readonly MessageFormatElement[]): readonly string[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.literal || element.type === TYPE.pound) return [];
    if (element.type === TYPE.plural || element.type === TYPE.select) {
      const inner = Object.values(element.options).flatMap(({ value }) => placeholders(value));
      return [`${element.value}:${TYPE[element.type]}`, ...inner];
    }
    return element.type === TYPE.tag ? [] : [`${element.value}:${TYPE[element.type]}`];
  });
}

/** Plurals that lack one of the language's own categories. */
function missingCategories(
  locale: string,
  elements: readonly MessageFormatElement[],
): readonly string[] {
  const needed = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
  return elements.flatMap((element) => {
    if (element.type !== TYPE.plural && element.type !== TYPE.select) return [];
    const inner = Object.values(element.options).flatMap(({ value }) =>
      missingCategories(locale, value),
    );
    if (element.type === TYPE.select) return inner;
    return [...needed.filter((category) => !(category in element.options)), ...inner];
  });
}

const english = messagesOf('en');
const problems: string[] = [];

for (const locale of locales) {
  const messages = messagesOf(locale);
  for (const key of Object.keys(english)) {
    if (!messages[key]?.trim()) problems.push(`${locale} lacks ${key}`);
  }
  for (const [key, text] of Object.entries(messages)) {
    if (english[key] === undefined) problems.push(`${locale} has ${key}, which English lacks`);
    checkMessage(locale, key, text);
  }
}

function checkMessage(locale: string, key: string, text: string): void {
  try {
    const elements = parse(text, { ignoreTag: true });
    const own = [...new Set(placeholders(elements))].sort().join(' ');
    const source = parse(english[key] ?? '', { ignoreTag: true });
    const expected = [...new Set(placeholders(source))].sort().join(' ');
    if (own !== expected) problems.push(`${locale} ${key}: placeholders ${own} for ${expected}`);
    for (const category of missingCategories(locale, elements)) {
      problems.push(`${locale} ${key}: plural without ${category}`);
    }
  } catch (error) {
    problems.push(`${locale} ${key}: ${(error as Error).message}`);
  }
}

for (const code of errorCodes) {
  for (const part of ['what', 'why', 'fix']) {
    if (!english[`errors.${code}.${part}`]) problems.push(`en lacks errors.${code}.${part}`);
  }
}

const sources = productSources()
  .map(({ text }) => text)
  .join('\n');
/** Keys that are put together in code are found by their first part: `common.probe.${id}.${state}`. */
const builtPrefixes = [...sources.matchAll(/`([a-z-]+\.[A-Za-z.-]*)\$\{/g)].map(
  ([, prefix]) => prefix ?? '',
);
for (const key of Object.keys(english)) {
  const used =
    sources.includes(`'${key}'`) || builtPrefixes.some((prefix) => key.startsWith(prefix));
  if (!used) problems.push(`nobody uses ${key}`);
}

report(
  'catalogue',
  `${Object.keys(english).length} messages in ${locales.length} languages`,
  problems,
);
