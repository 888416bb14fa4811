import type { CommandContext } from './command.ts';

/** Says once, beside what was found, that a registry is of the first generation. Scripts read it from the document. */
export function noteFirstGeneration(
  { err, json, t }: Pick<CommandContext, 'err' | 'json' | 't'>,
  address: string,
): void {
  if (json) return;
  err.line(t('common.v1.note', { address }));
  err.line(t('common.v1.move', { address }));
}
