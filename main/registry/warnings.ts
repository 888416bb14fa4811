import { plainText } from '../../shared/model/plain-text.ts';
import { headerLines } from '../../shared/model/www-authenticate.ts';
import type { HttpAnswer } from './transport/exchange.ts';

/** Characters of all warnings of one answer together; the specification allows as many bytes. */
const LIMIT = 4096;

/** Only the code 299 and the agent `-` count; several may share a line (distribution specification 1.1, "Warnings"). */
const WARNING = /(?:^|,)[ \t]*299[ \t]+-[ \t]+"((?:[^"\\]|\\[\s\S])*)"/g;

/** What a registry wants people to know beside its answer, each text once and harmless to show; act on nothing of it. */
export function warningsOf(answer: Pick<HttpAnswer, 'rawHeaders'>): readonly string[] {
  const texts = headerLines(answer.rawHeaders, 'warning')
    .flatMap((line) => [...line.slice(0, LIMIT).matchAll(WARNING)])
    .map(([, quoted = '']) => plainText(quoted.replace(/\\([\s\S])/g, '$1'), LIMIT))
    .filter((text) => text !== '');
  let left = LIMIT;
  return [...new Set(texts)].filter((text) => {
    left -= text.length;
    return left >= 0;
  });
}
