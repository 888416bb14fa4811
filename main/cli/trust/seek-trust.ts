import { type ExitStatus, RegentError } from '../../../shared/errors/index.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { TrustPlan } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';
import { printAdvice } from '../probe/print-advice.ts';
import { printChange } from '../probe/print-change.ts';
import { carryOut, prove, showOnly } from './carry-out.ts';
import { choosePlan, requireTrustable, type Wish } from './choose-plan.ts';
import { confirmCertificate, confirmInsecure } from './confirm.ts';
import { printPlan } from './print-plan.ts';
import { printProofs, proofDocument } from './print-proofs.ts';
import { exitOf } from './report-result.ts';

/** How a wish for trust is to be handled. */
export interface Manner {
  /** Show what would be changed, change nothing. */
  readonly dryRun: boolean;
  /** Whether what was given is consent enough. */
  readonly isConfirmed: boolean;
}

/** From what a look at a server found to trust that is proved: plans, has it confirmed, applies, asks for proof. */
export async function seekTrust(
  context: CommandContext,
  report: ProbeReport,
  wish: Wish,
  { dryRun, isConfirmed }: Manner,
): Promise<ExitStatus | 0> {
  if (!context.json) printChange(context, report);
  requireOrAdvise(context, report, wish);
  const plan = await choosePlan(context, report, wish);
  if (!plan) return await proveOnly(context, report, wish);
  if (!context.json) printPlan(context, plan);
  if (dryRun) return showOnly(context, plan);
  return await carryOut(context, isConfirmed ? plan : await agree(context, report, wish, plan));
}

/** What trust can't mend, the server's administrator can: the commands stand above the error. */
function requireOrAdvise({ json, err, t }: CommandContext, report: ProbeReport, wish: Wish): void {
  try {
    requireTrustable(report, wish.evidence);
  } catch (error) {
    if (!json && report.advice) {
      printAdvice(err, t, report.advice);
      err.line();
    }
    throw error;
  }
}

/** Asks the person; a plan that changes nothing needs no consent. The plan agreed on may be for another certificate shown. */
async function agree(
  context: CommandContext,
  report: ProbeReport,
  wish: Wish,
  plan: TrustPlan,
): Promise<TrustPlan> {
  const { address } = plan;
  if (plan.consumers.every(({ status }) => status !== 'to-do')) return plan;
  const sha256 = plan.certificate?.sha256 ?? plan.client?.sha256;
  if (plan.kind === 'insecure' || sha256 === undefined) {
    await confirmInsecure(context, address);
    return plan;
  }
  const decision = await confirmCertificate(context, address, sha256);
  if (decision.kind === 'yes' || decision.sha256 === sha256) return plan;
  const evidence = { ...wish.evidence, fingerprint: decision.sha256 };
  const other = await choosePlan(context, report, { ...wish, evidence });
  if (!other) throw new RegentError('TRUST_DECLINED', { address });
  printPlan(context, other);
  return other;
}

/** A server that is trusted without Regent: nothing to write, but those who would use it can still be asked. */
async function proveOnly(
  context: CommandContext,
  { address, certificates }: ProbeReport,
  { consumers }: Wish,
): Promise<ExitStatus | 0> {
  const { client, json, out, signal, t } = context;
  if (!json) out.line(t('cli.trust.already', { address }));
  const found = consumers ? [] : await client.trust.consumers(undefined, { signal });
  const preselected = found.flatMap(({ id, preselected: isUsual }) => (isUsual ? [id] : []));
  const proof = await prove(context, address, consumers ?? preselected);
  if (json) {
    const sha256 = certificates[0]?.sha256 ?? null;
    const proofs = proof.map((one) => proofDocument(t, one));
    out.json({ address, sha256, kind: null, client: null, consumers: [], proof: proofs });
  } else {
    printProofs(context, proof);
  }
  return exitOf([], proof);
}
