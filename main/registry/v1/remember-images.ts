import type { HttpAnswer } from '../transport/exchange.ts';
import type { Ask } from './ask.ts';

/** What is told of images; their layers are not remembered. */
const LASTING = /^images\/[0-9a-f]+\/(?:json|ancestry)$/;
/** Bytes of what is remembered. */
const MOST = 16 * 1024 * 1024;
/** What each of them costs besides its body, near enough. */
const EACH = 2000;

/**
 * Remembers what images tell of themselves, which never changes: tags of one repository have most of their layers in
 * common, and each layer is a question.
 */
export function rememberImages(ask: Ask): Ask {
  const known = new Map<string, HttpAnswer>();
  let size = 0;
  return async (question) => {
    const { path, subject } = question;
    if (!LASTING.test(path) || subject.kind === 'registry') return ask(question);
    const key = `${subject.repository} ${path}`;
    const before = known.get(key);
    if (before) return before;
    const answer = await ask(question);
    if (!known.has(key)) size += answer.body.length + EACH;
    known.set(key, answer);
    for (const [oldest, { body }] of known) {
      if (size <= MOST) break;
      known.delete(oldest);
      size -= body.length + EACH;
    }
    return answer;
  };
}
