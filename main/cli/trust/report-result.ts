import { type ExitStatus, errorTable } from '../../../shared/errors/index.ts';
import type { Translator } from '../../../shared/i18n/index.ts';
import type { ConsumerResult, Proof } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { paint } from '../text/paint.ts';

type PrintContext = Pick<CommandContext, 'out' | 't'>;

/** One consumer's result as scripts get it. */
export function consumerDocument(t: Translator, consumer: ConsumerResult) {
  const problem = consumer.problem ? problemDocument(t, consumer.problem) : null;
  return { ...consumer, problem };
}

/** One way in as scripts get it: `ok` is null where nothing could be proven. */
export function proofDocument(t: Translator, proof: Proof) {
  const { consumer, way, outcome, reason, problem } = proof;
  const ok = outcome === 'not-proven' ? null : outcome === 'proven';
  const detail = proof.detail || reasonWords(t, proof);
  const why = problem ? problemDocument(t, problem) : null;
  return { consumer, way, ok, outcome, reason, detail, problem: why };
}

/** Prints what became of each consumer. */
export function printConsumers({ out, t }: PrintContext, results: readonly ConsumerResult[]): void {
  for (const { id, status, live, problem } of results) {
    const mark = status === 'failed' ? paint('bad', '✗') : paint('good', '✓');
    const note = status === 'applied' && live ? ` ${paint('dim', t('cli.trust.live'))}` : '';
    const words = t(`common.consumerStatus.${status}`);
    out.line(`${mark} ${t(`common.consumer.${id}`)}: ${words}${note}`);
    if (problem) printProblem(out, t, problem, mark, '  ');
  }
}

/** Prints what each consumer itself said about each way in. */
export function printProofs({ out, t }: PrintContext, proofs: readonly Proof[]): void {
  const marks = {
    proven: paint('good', '✓'),
    refused: paint('bad', '✗'),
    'not-proven': paint('warn', '?'),
  };
  let lastReason = '';
  for (const proof of proofs) {
    const { consumer, way, outcome, problem, detail } = proof;
    const words = `${t(`common.proofWay.${way}`)}: ${t(`common.proofOutcome.${outcome}`)}`;
    out.line(`${marks[outcome]} ${t(`common.consumer.${consumer}`)}, ${words}`);
    const reason = reasonWords(t, proof);
    // Both ways usually lack proof for the same reason; saying it and its cause once is enough.
    if (reason && reason !== lastReason) out.line(`  ${paint('dim', reason)}`);
    const isSaid = reason !== '' && reason === lastReason;
    lastReason = reason;
    if (isSaid) continue;
    if (problem) printProblem(out, t, problem, marks[outcome], '  ');
    else if (detail && outcome === 'refused') out.line(`  ${paint('dim', detail)}`);
  }
}

/** The exit status that consumers and proofs amount to. */
export function exitOf(
  consumers: readonly ConsumerResult[],
  proofs: readonly Proof[],
): ExitStatus | 0 {
  const failed = consumers.find(({ status }) => status === 'failed');
  if (failed) return failed.problem ? errorTable[failed.problem.code].exit : 1;
  const refused = proofs.find(({ outcome }) => outcome === 'refused');
  if (refused) return refused.problem ? errorTable[refused.problem.code].exit : 3;
  return 0;
}

function reasonWords(t: Translator, { reason }: Proof): string {
  return reason ? t(`common.proofReason.${reason}`) : '';
}
