import { splice } from './editor.ts';

/** Stands at the end of each whole line that Regent adds to somebody's file; only such lines are ever taken out. */
const MARK = '# Regent';

const MARKED = /[ \t]# Regent$/;

/** The line with the mark after it. */
export function marked(line: string): string {
  return `${line} ${MARK}`;
}

/** A text of nothing but these lines. */
export function linesAsFile(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Puts whole lines in. `at` is where a line begins, or the end of the text. A text that does not end with a line end
 * (an empty one counts as such) does not end with one after it either, so that taking out is exact.
 */
export function insertLines(
  text: string,
  at: number,
  lines: readonly string[],
  eol: string,
): string {
  if (lines.length === 0) return text;
  if (at >= text.length && !text.endsWith('\n')) return `${text}${eol}${lines.join(eol)}`;
  return splice(text, at, at, lines.map((line) => line + eol).join(''));
}

/** The text without the lines in which these places are. */
export function removeLines(text: string, places: readonly number[]): string {
  const kept: string[] = [];
  let at = 0;
  let lastGone = false;
  for (const line of text.split(/(?<=\n)/)) {
    const next = at + line.length;
    lastGone = places.some((place) => place >= at && place < next);
    if (!lastGone) kept.push(line);
    at = next;
  }
  const result = kept.join('');
  return lastGone && !text.endsWith('\n') ? result.replace(/\r?\n$/, '') : result;
}

/** Whether the line in which this place is carries the mark. */
export function isMarked(text: string, at: number): boolean {
  return MARKED.test(text.slice(startOfLine(text, at), startOfNextLine(text, at)).trimEnd());
}

/** Where the line of this place begins. */
export function startOfLine(text: string, at: number): number {
  return text.lastIndexOf('\n', at - 1) + 1;
}

/** Where the line after this place begins; the end of the text for the last one. */
export function startOfNextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end + 1;
}

/** The white space at the beginning of the line of this place. */
export function indentOf(text: string, at: number): string {
  return /^[ \t]*/.exec(text.slice(startOfLine(text, at), at))?.[0] ?? '';
}
