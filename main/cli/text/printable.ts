import { stripVTControlCharacters } from 'node:util';

/**
 * What no terminal may get from somebody else's text: C0 and C1 controls, DEL, line and paragraph
 * separators, invisible marks and the marks that turn the direction of writing around (Unicode TR36, 2.5).
 */
const CONTROLS =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;
const WHITE = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;

/** Makes any text safe to print as one line: white space becomes blanks, escape sequences and controls go. */
export function printable(text: string): string {
  return stripVTControlCharacters(text).replace(WHITE, ' ').replace(CONTROLS, '');
}

/** As {@link printable}, for texts of several lines. */
export function printableLines(text: string): readonly string[] {
  return stripVTControlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/\t/g, '    ').replace(CONTROLS, ''));
}

/** JSON on one line that no terminal takes for a command: controls stand as `\uXXXX`. */
export function printableJson(value: unknown): string {
  return JSON.stringify(value).replace(
    CONTROLS,
    (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
