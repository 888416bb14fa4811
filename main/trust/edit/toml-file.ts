import { isDeepStrictEqual } from 'node:util';
import { parse, TomlError } from 'smol-toml';
import { DEEPEST_NESTING, EditRefused, LARGEST_TEXT } from './editor.ts';
import { type Span, scanToml, type TomlStatement } from './toml-statements.ts';

/** A table as it was parsed. */
export interface TomlTable {
  readonly [key: string]: unknown;
}

/** A TOML text, what it says, and where. */
export interface TomlFile {
  readonly text: string;
  readonly data: TomlTable;
  readonly statements: readonly TomlStatement[];
}

/** Reads a TOML text. Throws `EditRefused`. */
export function readToml(text: string): TomlFile {
  return { text, data: parseToml(text), statements: scanToml(text) };
}

/** What a TOML text says. Integers of any size are bigints. Throws `EditRefused`. */
export function parseToml(text: string): TomlTable {
  if (text.length > LARGEST_TEXT) throw new EditRefused('tooLarge', String(text.length));
  try {
    return parse(text, { integersAsBigInt: true, maxDepth: DEEPEST_NESTING });
  } catch (thrown) {
    const place = thrown instanceof TomlError ? `${thrown.line}:${thrown.column}` : '';
    throw new EditRefused('unparsable', place, thrown);
  }
}

/**
 * Answers the text if it says exactly what is expected, so that an edit can't have changed anything else. Otherwise
 * refuses with what is to be pasted by hand.
 */
export function checkedToml(text: string, expected: TomlTable, snippet: string): string {
  try {
    if (isDeepStrictEqual(comparable(parseToml(text)), comparable(expected))) return text;
  } catch (thrown) {
    throw new EditRefused('handEdit', snippet, thrown);
  }
  throw new EditRefused('handEdit', snippet);
}

/** The value under a path of keys; undefined where there is none. */
export function tomlAt(data: unknown, ...path: readonly string[]): unknown {
  let current = data;
  for (const key of path) {
    if (!isTomlTable(current) || !Object.hasOwn(current, key)) return undefined;
    current = current[key];
  }
  return current;
}

/** A copy of what a file says, with something set under a path of keys. */
export function tomlWith(
  data: TomlTable,
  path: readonly [string, ...string[]],
  value: unknown,
): TomlTable {
  const [key, next, ...rest] = path;
  const inner = tomlAt(data, key);
  const set =
    next === undefined ? value : tomlWith(isTomlTable(inner) ? inner : {}, [next, ...rest], value);
  return Object.fromEntries([...Object.entries(data).filter(([name]) => name !== key), [key, set]]);
}

/** Tables as maps, whose kind and order of keys do not count when they are compared. */
function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (!isTomlTable(value)) return value;
  return new Map(Object.entries(value).map(([key, inner]) => [key, comparable(inner)]));
}

/** Whether a value is a table, not an array, a date or a plain value. */
export function isTomlTable(value: unknown): value is TomlTable {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)
  );
}

/** A text as a TOML value. The text holds nothing hidden: `checkPaths` saw to it. */
export function tomlText(text: string): string {
  return JSON.stringify(text);
}

/** Whether two dotted keys are the same. */
export function sameKey(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((part, index) => part === b[index]);
}

/** The header `[a.b]` of a table. */
export function headerOf(file: TomlFile, key: readonly string[]): TomlStatement | undefined {
  return file.statements.find((one) => one.kind === 'table' && sameKey(one.key, key));
}

/** The value that stands at a place. */
export function tomlValueAt(text: string, { start, end }: Span): unknown {
  return tomlAt(parseToml(`value = ${text.slice(start, end)}`), 'value');
}

/** The pairs that stand under a header, up to the next one. */
export function pairsUnder(file: TomlFile, header: TomlStatement): readonly TomlStatement[] {
  const { statements } = file;
  const start = statements.indexOf(header) + 1;
  const next = statements.findIndex(({ kind }, index) => index >= start && kind !== 'pair');
  return statements.slice(start, next < 0 ? undefined : next);
}
