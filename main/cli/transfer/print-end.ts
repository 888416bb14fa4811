import type { Task } from '../../../shared/model/task.ts';
import type { CommandContext } from '../command.ts';
import { paint } from '../text/paint.ts';

/** Tells people how a transfer ended: in these words, with the digest of what was moved. */
export function printEnd(
  { out }: Pick<CommandContext, 'out'>,
  { digest }: Task,
  words: string,
): void {
  out.line(`${paint('good', '✓')} ${words}`);
  if (digest) out.line(`  ${paint('dim', digest)}`);
}
