import type { CommandContext } from '../command.ts';

const YES: Readonly<Record<string, readonly string[]>> = {
  en: ['y', 'yes'],
  ko: ['y', 'yes', '예', '네'],
  pl: ['t', 'tak', 'y', 'yes'],
};

/** Whether an answer means yes in the reader's language; an empty one means no. */
export function isYes({ t }: Pick<CommandContext, 't'>, answer: string): boolean {
  return YES[t.locale]?.includes(answer.toLowerCase()) ?? false;
}

/** Whether there is a person who can be asked. */
export function canAsk({ input, json }: Pick<CommandContext, 'input' | 'json'>): boolean {
  return !json && input.isTty;
}

/** Asks a question that is answered by yes or no; everything but a yes is a no. */
export async function askYes(
  context: Pick<CommandContext, 'input' | 't'>,
  question: string,
): Promise<boolean> {
  return isYes(context, ((await context.input.ask(`${question} `)) ?? '').trim());
}
