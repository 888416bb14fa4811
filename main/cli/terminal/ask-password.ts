import type { CommandContext } from '../command.ts';

/** A password from standard input: one line end belongs to `echo`, not to it, as `docker login` has it too. */
export async function readPassword({ input }: Pick<CommandContext, 'input'>): Promise<string> {
  return (await input.readAll()).replace(/\r?\n$/, '');
}

/** A password typed unseen; undefined where nobody can be asked, and when nothing was typed. */
export async function askPassword(
  { input, json }: Pick<CommandContext, 'input' | 'json'>,
  question: string,
): Promise<string | undefined> {
  if (json || !input.isTty) return undefined;
  return (await input.ask(`${question} `, { hidden: true })) || undefined;
}
