import type { Translator } from '../../../shared/i18n/index.ts';
import type { Advice } from '../../../shared/model/probe.ts';
import type { Output } from '../terminal/output.ts';
import { paint } from '../text/paint.ts';

/** Prints the commands and settings for the server's administrator, where trust is no cure. */
export function printAdvice(output: Output, t: Translator, { kind, names, steps }: Advice): void {
  output.line();
  output.line(paint('bold', t('cli.advice.title')));
  output.line(`  ${t(`cli.advice.${kind}`, { names: [...names] })}`);
  for (const { id, text } of steps) {
    output.line();
    output.line(`  ${t(`cli.advice.step.${id}`)}`);
    output.block(text.trimEnd(), '    ');
  }
}
