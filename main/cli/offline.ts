import { RegentError } from '../../shared/errors/index.ts';
import type { CommandContext, OptionSpec } from './command.ts';
import { formatMoment } from './text/moment.ts';

/** `--offline`, as every command that lists has it. */
export const offlineOption = {
  type: 'boolean',
  about: 'cli.option.offline',
} as const satisfies OptionSpec;

/** What is kept, after telling of when it is. @throws RegentError `NOTHING_KEPT` where nothing is. */
export function expectKept<T extends { readonly at: string }>(
  { err, json, t }: Pick<CommandContext, 'err' | 'json' | 't'>,
  subject: string,
  kept: T | null,
): T {
  if (!kept) throw new RegentError('NOTHING_KEPT', { subject });
  if (!json) err.line(t('cli.offline.at', { moment: formatMoment(t, kept.at) }));
  return kept;
}
