import type { Translator } from '../../../shared/i18n/index.ts';
import type { Change, TrustPlan } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';
import { certificateLines } from '../print-certificate.ts';
import { paint } from '../text/paint.ts';

type PrintContext = Pick<CommandContext, 'out' | 't' | 'clock'>;

/** Prints the certificate to be trusted and every change to be made, before any is. */
export function printPlan({ out, t, clock }: PrintContext, plan: TrustPlan): void {
  out.line();
  out.line(paint('bold', t('cli.trust.certificate')));
  for (const line of certificateLines(t, plan.certificate, clock.now())) out.line(`  ${line}`);
  out.line(`  ${t(`common.trustKind.${plan.kind}`)}`);
  out.line();
  out.line(paint('bold', t('cli.trust.changes')));
  for (const consumer of plan.consumers) {
    const status = t(`common.consumerStatus.${consumer.status}`);
    const note = consumer.elevated ? ` ${paint('warn', t('cli.trust.elevated'))}` : '';
    out.line(`  ${t(`common.consumer.${consumer.id}`)}: ${status}${note}`);
    for (const change of consumer.changes) out.line(`    ${changeWords(t, change)}`);
  }
  out.line();
}

/** Prints the commands that would do the same by hand. */
export function printScript({ out, t }: PrintContext, { script }: TrustPlan): void {
  if (script.trim() === '') return;
  out.line(paint('bold', t('cli.trust.script')));
  out.block(script.trimEnd(), '  ');
}

function changeWords(t: Translator, { kind, path, mode }: Change): string {
  return t(`common.change.${kind}`, { path, mode });
}
