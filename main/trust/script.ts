import type { Change } from '../../shared/model/trust.ts';

/** One word for a POSIX shell, whatever is in it. */
function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** The changes as shell commands that root can run: readable, and without anything that expands. */
export function scriptOf(changes: readonly Change[]): string {
  return changes.map(commandOf).join('');
}

function commandOf(change: Change): string {
  const path = quote(change.path);
  if (change.kind === 'create-directory') return `install -d -m ${change.mode} ${path}\n`;
  const lines = change.content.replace(/\n$/, '').split('\n').map(quote);
  return `printf '%s\\n' \\\n  ${lines.join(' \\\n  ')} \\\n  > ${path}\nchmod ${change.mode} ${path}\n`;
}

/** The way back as shell commands. @param folders outermost first; only those that are empty then go */
export function removalScriptOf(files: readonly string[], folders: readonly string[]): string {
  const removals = files.map((path) => `rm -f ${quote(path)}\n`);
  const empties = folders
    .toReversed()
    .map((path) => `rmdir --ignore-fail-on-non-empty ${quote(path)}\n`);
  return [...removals, ...empties].join('');
}
