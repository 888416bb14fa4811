import { plainText } from '../../../shared/model/plain-text.ts';

/** UTF-16 units. */
const LONGEST_VALUE = 64 * 1024;
const LONGEST_LINE = 16 * 1024;

/** What can't be seen or turns the direction of writing; line ends and tabs are seen as what they are. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;

/**
 * Text from a registry that matters to the letter, such as the value of a variable: what can't be seen is spelled out
 * (`\u202e`), the rest stays as it is, and what is too long is cut and marked with an ellipsis.
 */
export function cleanValue(text: string, longest = LONGEST_VALUE): string {
  const part = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  return part.replace(UNSEEN, (unseen) =>
    unseen === '\n' || unseen === '\t'
      ? unseen
      : `\\u${(unseen.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Text from a registry to be read in one line, such as an instruction that made a layer; `''` for what is no text. */
export function cleanLine(text: unknown): string {
  return typeof text === 'string' ? plainText(text, LONGEST_LINE) : '';
}
