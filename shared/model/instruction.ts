/** Build arguments stand before the shell: `|2 A=1 B=2 /bin/sh -c …`. */
const SHELL = /^(?:RUN )?(?:\|\d+ .*?)?\/bin\/sh -c /;

/**
 * What made a layer as its line in a Dockerfile, out of what builders write into the history: Docker's classic builder
 * puts a shell before everything (`/bin/sh -c #(nop)  CMD ["sh"]`), BuildKit one before RUN, and its name behind.
 */
export function instructionOf(createdBy: string): string {
  const text = createdBy.replace(/ # buildkit$/, '').trim();
  const shell = SHELL.exec(text)?.[0];
  if (shell === undefined) return text;
  const command = text.slice(shell.length).trim();
  return command.startsWith('#(nop)') ? command.slice('#(nop)'.length).trim() : `RUN ${command}`;
}
