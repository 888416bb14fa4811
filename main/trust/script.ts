import { dirname } from 'node:path';
import type { Change } from '../../shared/model/change.ts';

/** One word for a POSIX shell, whatever is in it. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The changes as shell commands that an administrator can read and run: nothing in them expands. A private key
 * is not among them, so its line only says where it belongs.
 */
export function scriptOf(changes: readonly Change[]): string {
  return changes.map(commandOf).join('');
}

function commandOf(change: Change): string {
  switch (change.kind) {
    case 'create-directory':
      return `install -d -m ${change.mode} ${quote(change.path)}\n`;
    case 'write-file':
      return writing(change.path, change.content, change.mode);
    case 'write-secret':
      return `install -m ${change.mode} YOUR_KEY_FILE ${quote(change.path)}\n`;
    case 'edit-file':
      return change.before === null
        ? writing(change.path, change.after, change.mode)
        : replacing(change.path, change.line, change.before, change.after);
    case 'set-aside':
      return `mv -n ${quote(change.path)} ${quote(change.to)}\n`;
    case 'remove':
      return `rm -f ${quote(change.path)}\nrmdir --ignore-fail-on-non-empty ${quote(dirname(change.path))}\n`;
    case 'run':
      return `${change.argv.map(plainly).join(' ')}\n`;
  }
}

function writing(path: string, content: string, mode: string): string {
  return `${printing(path, content)}chmod ${mode} ${quote(path)}\n`;
}

function printing(path: string, content: string): string {
  const [first = "printf ''", ...more] = printed(content);
  return [`${first} > ${quote(path)}\n`, ...more.map((line) => `${line} >> ${quote(path)}\n`)].join(
    '',
  );
}

/** printf repeats its format for each word, so each word is a line; a last line without an end is printed by itself. */
function printed(content: string): readonly string[] {
  const lines = content.split('\n');
  const rest = lines.pop() ?? '';
  const ended =
    lines.length > 0 ? [`printf '%s\\n' \\\n  ${lines.map(quote).join(' \\\n  ')}`] : [];
  return rest === '' ? ended : [...ended, `printf '%s' ${quote(rest)}`];
}

/**
 * The changed lines between what is before and after them in the file, with programs that every system has: the
 * file's other lines are not shown, and its owner and mode stay.
 */
function replacing(path: string, line: number, before: string, after: string): string {
  const [file, draft] = [quote(path), quote(`${path}.regent`)];
  const parts = [
    `head -n ${line - 1} ${file}`,
    ...printed(after),
    `tail -n +${line + countOf(before)} ${file}`,
  ];
  return `{ ${parts.join('; ')}; } > ${draft} && cat ${draft} > ${file} && rm ${draft}\n`;
}

function countOf(text: string): number {
  return text === '' ? 0 : text.replace(/\n$/, '').split('\n').length;
}

/** Words that need no quotes stay as a person would type them. */
function plainly(word: string): string {
  return /^[A-Za-z0-9_./:@%+=,-]+$/.test(word) ? word : quote(word);
}
