import type { ExitStatus } from '../../../shared/errors/index.ts';
import type { ConsumerId, Proof } from '../../../shared/model/consumer.ts';
import type { ConsumerResult, TrustPlan } from '../../../shared/model/trust.ts';
import type { CommandContext } from '../command.ts';
import { printScript } from './print-plan.ts';
import { printProofs, proofDocument } from './print-proofs.ts';
import { consumerDocument, exitOf, printConsumers, printReverted } from './report-result.ts';

/** Applies a plan that was agreed on, asks its consumers for proof, and reports both. */
export async function carryOut(
  context: CommandContext,
  { planId, client: clientCertificate }: TrustPlan,
): Promise<ExitStatus | 0> {
  const { client, json, out, signal, t } = context;
  const result = await client.trust.apply({ planId }, { signal });
  const { address, sha256, kind, consumers, reverted } = result;
  if (!json) {
    printConsumers(context, consumers);
    printReverted(context, reverted);
  }
  const proof = await prove(
    context,
    address,
    consumers.flatMap(({ id, status }) => (isDone(status) ? [id] : [])),
  );
  if (json) {
    out.json({
      ...{ address, sha256, kind, client: clientCertificate },
      consumers: consumers.map((consumer) => consumerDocument(t, consumer)),
      reverted,
      proof: proof.map((one) => proofDocument(t, one)),
    });
  } else {
    printProofs(context, proof);
  }
  return exitOf(consumers, proof);
}

function isDone(status: ConsumerResult['status']): boolean {
  return status === 'applied' || status === 'already' || status === 'not-needed';
}

/** Asks consumers whether they get in. Without any named, those that were trusted for. */
export async function prove(
  { client, signal }: Pick<CommandContext, 'client' | 'signal'>,
  address: string,
  consumers: ConsumerId[] | undefined,
): Promise<readonly Proof[]> {
  const asked = consumers && consumers.length > 0 ? { consumers } : {};
  return (await client.trust.proof({ address, ...asked }, { signal })).proof;
}

/** Shows a plan as data or as a script, and makes none of its changes. */
export function showOnly(context: CommandContext, plan: TrustPlan): 0 {
  const { out, json, t } = context;
  if (json) {
    const { address, kind, client, certificate, replaces, script } = plan;
    const consumers = plan.consumers.map((consumer) => consumerDocument(t, consumer));
    const sha256 = certificate?.sha256 ?? null;
    const document = { address, sha256, kind, client, dryRun: true, consumers, proof: [] };
    out.json({ ...document, replaces: replaces.map((one) => one.sha256), script });
  } else {
    const elevated = plan.consumers.some((consumer) => consumer.elevated);
    printScript(context, { script: plan.script, elevated });
    out.line(t('cli.trust.nothingChanged'));
  }
  return 0;
}
