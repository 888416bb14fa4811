import { dirname } from 'node:path';
import { assertNever } from '../../shared/model/assert-never.ts';
import type { Change } from '../../shared/model/change.ts';
import { commandText, quoteShell } from '../../shared/model/command-text.ts';

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
      return `install -d -m ${change.mode} ${quoteShell(change.path)}\n`;
    case 'write-file':
      return writing(change.path, change.content, change.mode);
    case 'write-secret':
      return `install -m ${change.mode} YOUR_KEY_FILE ${quoteShell(change.path)}\n`;
    case 'edit-file':
      return change.before === null
        ? writing(change.path, change.after, change.mode)
        : replacing(change.path, change.line, change.before, change.after);
    case 'set-aside':
      return `mv -n ${quoteShell(change.path)} ${quoteShell(change.to)}\n`;
    case 'remove':
      return `rm -f ${quoteShell(change.path)}\nrmdir --ignore-fail-on-non-empty ${quoteShell(dirname(change.path))}\n`;
    case 'run':
      return `${commandText(change.argv)}\n`;
    default:
      return assertNever(change);
  }
}

function writing(path: string, content: string, mode: string): string {
  return `${printing(path, content)}chmod ${mode} ${quoteShell(path)}\n`;
}

function printing(path: string, content: string): string {
  const [first = "printf ''", ...more] = printed(content);
  return [
    `${first} > ${quoteShell(path)}\n`,
    ...more.map((line) => `${line} >> ${quoteShell(path)}\n`),
  ].join('');
}

/** printf repeats its format for each word, so each word is a line; a last line without an end is printed by itself. */
function printed(content: string): readonly string[] {
  const lines = content.split('\n');
  const rest = lines.pop() ?? '';
  const ended =
    lines.length > 0 ? [`printf '%s\\n' \\\n  ${lines.map(quoteShell).join(' \\\n  ')}`] : [];
  return rest === '' ? ended : [...ended, `printf '%s' ${quoteShell(rest)}`];
}

/**
 * The changed lines between what is before and after them in the file, with programs that every system has: the
 * file's other lines are not shown, and its owner and mode stay.
 */
function replacing(path: string, line: number, before: string, after: string): string {
  const [file, draft] = [quoteShell(path), quoteShell(`${path}.regent`)];
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
