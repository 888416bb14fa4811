/** What may stand in a command line without quotes. */
const BARE = /^[\w@%+=:,./-]+$/;

/** One word of a command that is shown to be typed into a POSIX shell; it holds other people's text. */
export function shellWord(text: string): string {
  return BARE.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
