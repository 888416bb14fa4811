/** What may stand in a command line without quotes. */
const BARE = /^[\w@%+=:,./-]+$/;

/** A command as a person would type it in a POSIX shell; only to be read or copied, never to be run. */
export function commandText(argv: readonly string[]): string {
  return argv
    .map((word) => (BARE.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`))
    .join(' ');
}
