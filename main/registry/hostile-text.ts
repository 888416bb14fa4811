import { plainText } from '../../shared/model/plain-text.ts';

const LONGEST = 300;

/** Text from a registry in one short line, without anything that moves a cursor or turns the reading direction. */
export function cleanText(text: string): string {
  return plainText(text, LONGEST);
}
