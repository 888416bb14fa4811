import type { Certificate } from '../../../shared/model/certificate.ts';
import { formatFingerprint } from '../../../shared/model/certificate.ts';
import type { ClientCertificate, ConsumerPlan, TrustPlan } from '../../../shared/model/trust.ts';
import { certificateLines } from '../certificate/certificate-lines.ts';
import type { CommandContext } from '../command.ts';
import { printProblem } from '../print-problem.ts';
import { paint } from '../text/paint.ts';
import { changeLines } from './change-lines.ts';
import { noteLines } from './note-lines.ts';

type PrintContext = Pick<CommandContext, 'out' | 't' | 'clock'>;

/** Prints what is to be trusted and every change to be made, before any is. */
export function printPlan(context: PrintContext, plan: TrustPlan): void {
  const { out, t } = context;
  out.line();
  if (plan.certificate) {
    printCertificate(context, paint('bold', t('cli.trust.certificate')), plan.certificate);
  }
  const kind = t(`common.trustKind.${plan.kind}`);
  out.line(`  ${plan.kind === 'insecure' ? paint('bad', kind) : kind}`);
  for (const earlier of plan.replaces) {
    printCertificate(context, paint('bold', t('cli.trust.replaced')), earlier);
  }
  if (plan.client) printClient(context, plan.client);
  out.line();
  out.line(paint('bold', t('cli.trust.changes')));
  for (const consumer of plan.consumers) printConsumer(context, consumer);
  out.line();
}

/** Prints the commands that would do the same by hand. */
export function printScript(
  { out, t }: Pick<CommandContext, 'out' | 't'>,
  { script, elevated }: { readonly script: string; readonly elevated: boolean },
): void {
  if (script.trim() === '') return;
  out.line(paint('bold', t(elevated ? 'cli.trust.script' : 'cli.trust.scriptOwn')));
  out.block(script.trimEnd(), '  ');
}

function printCertificate(
  { out, t, clock }: PrintContext,
  title: string,
  certificate: Certificate,
): void {
  out.line(title);
  for (const line of certificateLines(t, certificate, clock.now())) out.line(`  ${line}`);
}

function printClient({ out, t }: PrintContext, { subject, sha256 }: ClientCertificate): void {
  out.line(paint('bold', t('cli.trust.client')));
  out.line(`  ${subject}`);
  out.line(`  ${paint('dim', formatFingerprint(sha256))}`);
}

function printConsumer({ out, t }: PrintContext, consumer: ConsumerPlan): void {
  const { id, status, elevated, changes, problem, ranHere } = consumer;
  const note = elevated ? ` ${paint('warn', t('cli.trust.elevated'))}` : '';
  out.line(`  ${t(`common.consumer.${id}`)}: ${t(`common.consumerStatus.${status}`)}${note}`);
  for (const line of changes.flatMap((change) => changeLines(t, change))) out.line(`    ${line}`);
  if (problem) printProblem(out, t, problem, paint('warn', '!'), '    ');
  if (status !== 'to-do') return;
  for (const line of noteLines(t, consumer)) out.line(`    ${line}`);
  if (!ranHere) out.line(`    ${paint('dim', t('cli.trust.notRunHere'))}`);
}
