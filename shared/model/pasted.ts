import { RegentError } from '../errors/regent-error.ts';
import { splitAddress } from './address-grammar.ts';
import { readCommandLine } from './pasted-command.ts';
import { type Pasted, readPastedWord } from './pasted-word.ts';
import { redactInput } from './redact.ts';

export type { Pasted };

const LONGEST = 4096;

/**
 * Reads what people paste to add a registry: `nas.local:5000`, an URL of its API, an image reference, or a
 * whole line such as `$ docker pull --platform linux/amd64 nas.local:5000/team/api:2`. A bare word is a host
 * when it stands alone and an image in a command.
 * @throws RegentError `ADDRESS_INVALID`; user information in an URL is refused and not echoed
 */
export function readPasted(text: string): Pasted {
  const pasted = text.length > LONGEST ? undefined : read(tidy(text));
  if (!pasted || !splitAddress(pasted.address)) {
    throw new RegentError('ADDRESS_INVALID', { input: redactInput(text.trim()) });
  }
  return pasted;
}

function read(line: string): Pasted | undefined {
  const words = splitWords(line);
  const [first] = words;
  if (first === undefined) return undefined;
  return words.length === 1 ? readPastedWord(first) : readCommandLine(words);
}

/** One line without what blog posts and terminals add: prompts, continuation marks, odd spaces. */
function tidy(text: string): string {
  const lines = text
    .replace(/\\\r?\n/g, ' ')
    .replace(/[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '')
    .split(/[\r\n]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '$');
  return (lines[0] ?? '').replace(/^\S*[$#>%]\s+/, '');
}

/** Words as a shell would split them, near enough; typographic quotes count as quotes. */
function splitWords(line: string): readonly string[] {
  const quoted = /["'`\u201c\u201d\u2018\u2019<>]/g;
  return line
    .split(/\s+/)
    .map((word) => word.replace(quoted, '').replace(/[,;]+$/, ''))
    .filter((word) => word !== '');
}
