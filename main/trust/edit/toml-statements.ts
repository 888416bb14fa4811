import { EditRefused, placeOf } from './editor.ts';

/** A stretch of a text: from `start` up to, not including, `end`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A header or a pair of a TOML file, and where it stands. */
export interface TomlStatement extends Span {
  /** `[a.b]`, `[[a.b]]` or `a.b = …`. */
  readonly kind: 'table' | 'tables' | 'pair';
  /** The key as written; a pair's does not include that of its table. */
  readonly key: readonly string[];
  /** Of a pair: its value. */
  readonly value: Span | undefined;
}

/**
 * Where the statements of a TOML text stand. The text has to be valid: a parser checks it before. Throws
 * `EditRefused` where it loses its way all the same.
 */
export function scanToml(text: string): readonly TomlStatement[] {
  const statements: TomlStatement[] = [];
  for (let at = skipBlank(text, 0); at < text.length; ) {
    const statement = text[at] === '[' ? scanHeader(text, at) : scanPair(text, at);
    statements.push(statement);
    at = skipBlank(text, statement.end);
  }
  return statements;
}

/** Where the elements of an array stand, given where the array stands. */
export function scanElements(text: string, array: Span): readonly Span[] {
  const elements: Span[] = [];
  let at = skipBlank(text, array.start + 1);
  while (at < array.end - 1) {
    const end = endOfValue(text, at);
    elements.push({ start: at, end });
    at = skipBlank(text, end);
    if (text[at] === ',') at = skipBlank(text, at + 1);
  }
  return elements;
}

function scanHeader(text: string, start: number): TomlStatement {
  const kind = text.startsWith('[[', start) ? 'tables' : 'table';
  const bracket = kind === 'tables' ? 2 : 1;
  const { key, end } = scanKey(text, start + bracket);
  if (text[end] !== ']') throw lost(text, end);
  return { kind, key, start, end: end + bracket, value: undefined };
}

function scanPair(text: string, start: number): TomlStatement {
  const { key, end } = scanKey(text, start);
  if (text[end] !== '=') throw lost(text, end);
  const valueStart = skipSpace(text, end + 1);
  const valueEnd = endOfValue(text, valueStart);
  const value = { start: valueStart, end: valueEnd };
  return { kind: 'pair', key, start, end: valueEnd, value };
}

/** A dotted key, and where what follows it begins. */
function scanKey(text: string, start: number): { readonly key: string[]; readonly end: number } {
  const key: string[] = [];
  for (let at = skipSpace(text, start); ; at = skipSpace(text, at + 1)) {
    const end = isQuote(text[at]) ? endOfString(text, at) : endOfMatch(text, at, /[A-Za-z0-9_-]+/y);
    key.push(plainKey(text.slice(at, end)));
    at = skipSpace(text, end);
    if (text[at] !== '.') return { key, end: at };
  }
}

function plainKey(raw: string): string {
  if (raw.startsWith("'")) return raw.slice(1, -1);
  if (!raw.startsWith('"')) return raw;
  return raw.slice(1, -1).replace(/\\(?:u(.{4})|U(.{8})|x(.{2})|(.))/g, (_, u, U, x, letter) => {
    const hex: string | undefined = u ?? U ?? x;
    return hex ? String.fromCodePoint(Number.parseInt(hex, 16)) : (ESCAPES[letter] ?? letter);
  });
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  e: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
};

function endOfValue(text: string, at: number): number {
  if (isQuote(text[at])) return endOfString(text, at);
  if (text[at] === '[' || text[at] === '{') return endOfNested(text, at);
  const end = endOfMatch(text, at, /[^,\]}#\r\n]+/y);
  return at + text.slice(at, end).trimEnd().length;
}

function endOfNested(text: string, start: number): number {
  let depth = 0;
  for (let at = start; at < text.length; ) {
    const character = text[at];
    if (isQuote(character)) at = endOfString(text, at);
    else if (character === '#') at = endOfLine(text, at);
    else {
      at += 1;
      if (character === '[' || character === '{') depth += 1;
      else if (character === ']' || character === '}') depth -= 1;
      if (depth === 0) return at;
    }
  }
  throw lost(text, start);
}

/** A string in any of TOML's four ways of quoting. Up to two more quotes may stand before the three that close. */
function endOfString(text: string, start: number): number {
  const quote = text.charAt(start);
  const raw = quote === "'";
  const fence = text.startsWith(quote.repeat(3), start) ? quote.repeat(3) : quote;
  for (let at = start + fence.length; at < text.length; at += 1) {
    if (!raw && text[at] === '\\') at += 1;
    else if (text.startsWith(fence, at)) {
      at += fence.length;
      const most = fence.length > 1 ? at + 2 : at;
      while (at < most && text[at] === quote) at += 1;
      return at;
    }
  }
  throw lost(text, start);
}

function endOfMatch(text: string, at: number, pattern: RegExp): number {
  pattern.lastIndex = at;
  if (!pattern.test(text)) throw lost(text, at);
  return pattern.lastIndex;
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return end;
}

/** Skips white space, line ends and comments. */
function skipBlank(text: string, at: number): number {
  let end = at;
  for (;;) {
    const character = text[end];
    if (character === '#') end = endOfLine(text, end);
    else if (character !== undefined && ' \t\r\n'.includes(character)) end += 1;
    else return end;
  }
}

function endOfLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
}

function isQuote(character: string | undefined): boolean {
  return character === '"' || character === "'";
}

function lost(text: string, at: number): EditRefused {
  return new EditRefused('unparsable', placeOf(text, at));
}
