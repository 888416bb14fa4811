import { type ExitStatus, errorTable } from '../../../shared/errors/index.ts';
import type { Translator } from '../../../shared/i18n/index.ts';
import type { Proof } from '../../../shared/model/consumer.ts';
import type { ConsumerPlan, ConsumerResult, Reverted } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { paint } from '../text/paint.ts';
import { noteLines } from './note-lines.ts';

type PrintContext = Pick<CommandContext, 'out' | 't'>;

/** One consumer's plan or result as scripts get it. */
export function consumerDocument(t: Translator, consumer: ConsumerPlan | ConsumerResult) {
  const problem = consumer.problem ? problemDocument(t, consumer.problem) : null;
  return { ...consumer, problem };
}

/** Prints what became of each consumer. */
export function printConsumers({ out, t }: PrintContext, results: readonly ConsumerResult[]): void {
  for (const result of results) {
    const { id, status, problem } = result;
    const mark = isFailure(result) ? paint('bad', '✗') : paint('good', '✓');
    out.line(`${mark} ${t(`common.consumer.${id}`)}: ${t(`common.consumerStatus.${status}`)}`);
    if (problem) printProblem(out, t, problem, mark, '  ');
    if (status === 'applied') for (const line of noteLines(t, result)) out.line(`  ${line}`);
  }
}

/** Prints what was undone. What stayed because it is somebody else's is marked. */
export function printReverted({ out, t }: PrintContext, reverted: readonly Reverted[]): void {
  for (const { consumer, path, action } of reverted) {
    const mark = action === 'kept' ? paint('warn', '!') : paint('good', '✓');
    const name = t(`common.consumer.${consumer}`);
    out.line(`${mark} ${name}: ${path} ${t(`common.reverted.${action}`)}`);
  }
}

/** The exit status that consumers and proofs amount to. */
export function exitOf(
  consumers: readonly ConsumerResult[],
  proofs: readonly Proof[],
): ExitStatus | 0 {
  const failed = consumers.find(isFailure);
  if (failed) return failed.problem ? errorTable[failed.problem.code].exit : 1;
  const refused = proofs.find(({ outcome }) => outcome === 'refused');
  if (refused) return refused.problem ? errorTable[refused.problem.code].exit : 3;
  return 0;
}

function isFailure({ status }: ConsumerResult): boolean {
  return status === 'failed' || status === 'blocked';
}
