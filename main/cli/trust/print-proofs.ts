import type { Translator } from '../../../shared/i18n/index.ts';
import type { Proof } from '../../../shared/model/consumer.ts';
import type { CommandContext } from '../command.ts';
import { printProblem, problemDocument } from '../print-problem.ts';
import { paint } from '../text/paint.ts';
import { matrixLines, outcomeMarks } from './proof-matrix.ts';

type PrintContext = Pick<CommandContext, 'out' | 't'>;

/** One way in as scripts get it: `ok` is null where nothing could be proven. */
export function proofDocument(t: Translator, proof: Proof) {
  const { consumer, way, outcome, reason, problem } = proof;
  const ok = outcome === 'not-proven' ? null : outcome === 'proven';
  const detail = proof.detail || reasonWords(t, proof);
  const why = problem ? problemDocument(t, problem) : null;
  return { consumer, way, ok, outcome, reason, detail, problem: why };
}

/** Prints what each consumer itself said about each way in, and beneath it why something was refused or is not proven. */
export function printProofs({ out, t }: PrintContext, proofs: readonly Proof[]): void {
  if (proofs.length === 0) return;
  out.line();
  for (const line of matrixLines(t, proofs)) out.line(line);
  for (const group of groupByCause(t, proofs)) printCause({ out, t }, group);
}

/** Proofs that lack for the same reason; saying it and its cause once is enough. */
function groupByCause(t: Translator, proofs: readonly Proof[]): readonly (readonly Proof[])[] {
  const groups = new Map<string, Proof[]>();
  for (const proof of proofs) {
    if (proof.outcome === 'proven' || proof.reason === 'same-as-pull') continue;
    const cause = JSON.stringify([proof.outcome, reasonWords(t, proof), proof.problem]);
    groups.set(cause, [...(groups.get(cause) ?? []), proof]);
  }
  return [...groups.values()];
}

function printCause({ out, t }: PrintContext, group: readonly Proof[]): void {
  const [first] = group;
  if (!first) return;
  const { outcome, problem, detail } = first;
  const who = [...new Set(group.map(({ consumer }) => consumer))].map((id) => {
    const ways = group.flatMap(({ consumer, way }) => (consumer === id ? [way] : []));
    return `${t(`common.consumer.${id}`)} (${ways.map((way) => t(`common.way.${way}`)).join(', ')})`;
  });
  out.line(`${outcomeMarks[outcome]} ${who.join(', ')}`);
  const reason = reasonWords(t, first);
  if (reason) out.line(`  ${paint('dim', reason)}`);
  if (problem) printProblem(out, t, problem, outcomeMarks[outcome], '  ');
  else if (detail && outcome === 'refused') out.line(`  ${paint('dim', detail)}`);
}

function reasonWords(t: Translator, { reason }: Proof): string {
  return reason ? t(`common.proofReason.${reason}`) : '';
}
