import type { ExitStatus } from '../../../shared/errors/index.ts';
import { parseFingerprint } from '../../../shared/model/certificate.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import { type ConsumerId, consumerIdSchema, type TrustPlan } from '../../../shared/model/trust.ts';
import { type CommandContext, defineCommand } from '../command.ts';
import { look, stepPrinter } from '../look.ts';
import { readAddress } from '../read-address.ts';
import { choosePlan, readCaFile, readConsumers, requireTrustable } from '../trust/choose-plan.ts';
import { confirmPlan } from '../trust/confirm.ts';
import { printPlan, printScript } from '../trust/print-plan.ts';
import {
  consumerDocument,
  exitOf,
  printConsumers,
  printProofs,
  proofDocument,
} from '../trust/report-result.ts';

/** `regent trust`: looks, plans, has it confirmed, applies, and asks the consumers for proof. */
export const trust = defineCommand(
  {
    name: 'trust',
    about: 'cli.trust.about',
    args: [{ name: 'ADDRESS' }],
    options: {
      fingerprint: { type: 'string', value: 'SHA256', about: 'cli.trust.fingerprint' },
      ca: { type: 'string', value: 'FILE', about: 'cli.trust.ca' },
      tofu: { type: 'boolean', about: 'cli.trust.tofu' },
      consumer: {
        type: 'string',
        multiple: true,
        value: consumerIdSchema.options.join('|'),
        about: 'cli.trust.consumer',
      },
      'dry-run': { type: 'boolean', about: 'cli.trust.dryRun' },
    },
    examples: [
      'trust registry.example.com:5000 --fingerprint 4F:9A:…',
      'trust registry.example.com:5000 --ca ca.crt',
      'trust registry.example.com:5000 --dry-run',
    ],
  },
  async (context, { args, options }) => {
    const address = readAddress(args.ADDRESS);
    const typed = options.fingerprint;
    const fingerprint = typed === undefined ? undefined : parseFingerprint(typed);
    const consumers = readConsumers(options.consumer);
    const ca = options.ca === undefined ? undefined : await readCaFile(options.ca);
    const report = await look(context, address, stepPrinter(context));
    requireTrustable(report);
    const plan = await choosePlan(context, report, { fingerprint, ca }, consumers);
    if (!plan) return await proveOnly(context, report);
    if (!context.json) printPlan(context, plan);
    if (options['dry-run']) return showOnly(context, plan);
    const isConfirmed = options.tofu || fingerprint !== undefined || ca !== undefined;
    const agreed = isConfirmed ? plan : await agree(context, report, plan, consumers);
    return await carryOut(context, agreed);
  },
);

/** Asks the person; a plan that changes nothing needs no consent. The plan agreed on may be for another certificate shown. */
async function agree(
  context: CommandContext,
  report: ProbeReport,
  plan: TrustPlan,
  consumers: ConsumerId[] | undefined,
): Promise<TrustPlan> {
  if (plan.consumers.every(({ status }) => status !== 'to-do')) return plan;
  const decision = await confirmPlan(context, plan);
  if (decision.kind === 'yes' || decision.sha256 === plan.certificate.sha256) return plan;
  const evidence = { fingerprint: decision.sha256, ca: undefined };
  const other = await choosePlan(context, report, evidence, consumers);
  if (!other) return plan;
  printPlan(context, other);
  return other;
}

async function carryOut(context: CommandContext, plan: TrustPlan): Promise<ExitStatus | 0> {
  const { client, json, out, signal, t } = context;
  const { address, sha256, consumers } = await client.trust.apply(
    { planId: plan.planId },
    { signal },
  );
  if (!json) printConsumers(context, consumers);
  const proof = await prove(context, address);
  if (json) {
    out.json({
      address,
      sha256,
      kind: plan.kind,
      consumers: consumers.map((consumer) => consumerDocument(t, consumer)),
      proof: proof.map((one) => proofDocument(t, one)),
    });
  }
  return exitOf(consumers, proof);
}

async function prove(context: CommandContext, address: string) {
  const { proof } = await context.client.trust.proof({ address }, { signal: context.signal });
  if (!context.json) printProofs(context, proof);
  return proof;
}

/** A server that is trusted without Regent: nothing to write, but the engine can still be asked. */
async function proveOnly(
  context: CommandContext,
  { address, certificates }: ProbeReport,
): Promise<ExitStatus | 0> {
  const { json, out, t } = context;
  if (!json) out.line(t('cli.trust.already', { address }));
  const proof = await prove(context, address);
  if (json) {
    const sha256 = certificates[0]?.sha256 ?? null;
    const proofs = proof.map((one) => proofDocument(t, one));
    out.json({ address, sha256, kind: null, consumers: [], proof: proofs });
  }
  return exitOf([], proof);
}

function showOnly(context: CommandContext, plan: TrustPlan): 0 {
  const { address, kind, certificate, consumers, script } = plan;
  if (context.json) {
    const { sha256 } = certificate;
    context.out.json({ address, sha256, kind, dryRun: true, consumers, proof: [], script });
  } else {
    printScript(context, plan);
    context.out.line(context.t('cli.trust.nothingChanged'));
  }
  return 0;
}
