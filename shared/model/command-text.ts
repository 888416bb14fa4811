/** What may stand in a command line without quotes. */
const BARE = /^[\w@%+=:,./-]+$/;

/** One word for a POSIX shell, whatever is in it: nothing in it expands. */
export function quoteShell(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`;
}

/** One word of a command as a person would type it in a POSIX shell, in quotes only where it needs them. */
export function shellWord(word: string): string {
  return BARE.test(word) ? word : quoteShell(word);
}

/** A command as a person would type it in a POSIX shell; it may hold other people's text. */
export function commandText(argv: readonly string[]): string {
  return argv.map(shellWord).join(' ');
}
