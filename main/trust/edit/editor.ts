/**
 * Edits somebody else's file as text. Whatever an editor does not put in or take out stays byte for byte.
 *
 * `W` is what is wished, the same for putting in and taking out.
 */
export interface Editor<W> {
  /** The text with the wish in it; the same text when it is there already. `null`: no file yet. Throws `EditRefused`. */
  apply(text: string | null, wish: W): string;
  /**
   * The text without Regent's part; `null` when the file was Regent's alone and should go. Taking out what `apply`
   * put in gives the text from before, byte for byte. Throws `EditRefused`.
   */
  revert(text: string, wish: W): string | null;
  /** Whether the wish is in the text, in effect. False for a text that can't be read; never throws. */
  has(text: string, wish: W): boolean;
}

/** Why a file is not edited. The words for people are in the catalogue, under `errors.EDIT_REFUSED`. */
export type EditRefusal =
  /** Larger than any such file is. */
  | 'tooLarge'
  /** Begins with a byte order mark, which some versions of its reader take for an error. */
  | 'byteOrderMark'
  /** Its reader could not parse it. `detail`: line:column, when known. */
  | 'unparsable'
  /** It parses, but is no object at its top. */
  | 'notAnObject'
  /** Says the same key twice. `detail`: the key, or line:column. */
  | 'duplicateKey'
  /** A key in other capitals than its reader accepts. `detail`: the key. */
  | 'misspelledKey'
  /** What should be a list of texts is something else. `detail`: the key. */
  | 'listInvalid'
  /** An entry that is there already would stop its reader. `detail`: the entry. */
  | 'entryInvalid'
  /** What Regent was asked to write can't stand in such a file. `detail`: it. */
  | 'wishInvalid'
  /** The file says otherwise, and a person has to decide. `detail`: what it says. */
  | 'conflict'
  /** The older way of saying it is in use, which its reader refuses beside the newer. `detail`: its key. */
  | 'oldStyle'
  /** The running program reads another file. `detail`: that file. */
  | 'readElsewhere'
  /** The running program was told on its command line, which it refuses beside the same in a file. `detail`: the flags. */
  | 'startedWithFlag'
  /** The running program did not take the change up, so it was taken back. `detail`: the registry. */
  | 'notTakenUp'
  /** Laid out so that no safe edit is known. `detail`: what to paste by hand. */
  | 'handEdit';

/** A file can't be edited safely; nothing was changed. */
export class EditRefused extends Error {
  override readonly name = 'EditRefused';

  constructor(
    readonly reason: EditRefusal,
    readonly detail: string,
    cause?: unknown,
  ) {
    super(`${reason}: ${detail}`, cause === undefined ? undefined : { cause });
  }
}

/** In UTF-16 code units. Such files have a few hundred; a limit keeps every parser quick. */
export const LARGEST_TEXT = 65_536;

/** How deeply values may be nested. Such files have five levels; parsers that call themselves run out of stack. */
export const DEEPEST_NESTING = 100;

const BYTE_ORDER_MARK = '\ufeff';

/** Refuses what no edit should begin with: a text too large, or with a byte order mark. */
export function checkEditable(text: string): void {
  if (text.length > LARGEST_TEXT) throw new EditRefused('tooLarge', String(text.length));
  if (text.startsWith(BYTE_ORDER_MARK)) throw new EditRefused('byteOrderMark', 'U+FEFF');
}

/** Does it to the text after a byte order mark, if there is one, and puts the mark back. */
export function besideMark<T extends string | null>(text: string, edit: (rest: string) => T): T {
  if (!text.startsWith(BYTE_ORDER_MARK)) return edit(text);
  const result = edit(text.slice(1));
  return (result === null ? result : BYTE_ORDER_MARK + result) as T;
}

/** The answer to a question about a text; false where the text can't be read. */
export function holds(text: string, question: (rest: string) => boolean): boolean {
  try {
    return question(text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text);
  } catch (thrown) {
    if (thrown instanceof EditRefused) return false;
    throw thrown;
  }
}

/** The text with one stretch of it replaced. */
export function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}

/** The line end that a text uses. */
export function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** A place in a text as `line:column`, both from 1. */
export function placeOf(text: string, offset: number): string {
  const lines = text.slice(0, offset).split('\n');
  return `${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}`;
}
