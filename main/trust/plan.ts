import { randomUUID } from 'node:crypto';
import { errorFromProblem, RegentError } from '../../shared/errors/index.ts';
import { isLoopback } from '../../shared/model/address.ts';
import type { Change } from '../../shared/model/change.ts';
import type { ConsumerId } from '../../shared/model/consumer.ts';
import type { ProbeReport } from '../../shared/model/probe.ts';
import type { TrustKind, TrustPlan } from '../../shared/model/trust.ts';
import type { JournalState } from './journal.ts';
import { findConsumers, type Here, isPreselected } from './look-around.ts';
import type { OwnChoice } from './own-choice.ts';
import { planConsumer, type Standing } from './plan-consumer.ts';
import { planReplaced } from './plan-replaced.ts';
import { presentedOf } from './presented-of.ts';
import type { IsWritable } from './privileged.ts';
import { scriptOf } from './script.ts';
import type { Machine, TrustWish } from './targets/target.ts';
import { assess } from './verify/assess.ts';
import { kindOfAnchor } from './verify/find-anchors.ts';
import type { Pool } from './verify/pool.ts';
import { describeCertificate } from './x509/describe-certificate.ts';
import { describePem } from './x509/describe-pem.ts';
import { writePem } from './x509/pem.ts';
import type { ReadCertificate } from './x509/read-certificate.ts';

/** What a plan is made against. */
export interface PlanSurroundings {
  readonly machine: Machine;
  readonly isWritable: IsWritable;
  /** What Docker Engine accepts for this address now. */
  readonly roots: Pool;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly state: JournalState;
}

/** A plan, and what it was made of: the key of a client certificate is in no plan. */
export interface MadePlan {
  readonly plan: TrustPlan;
  readonly wish: TrustWish;
  /** Of the plan's changes, those that are made for this trust; the others take earlier ones back. */
  readonly own: ReadonlyMap<ConsumerId, readonly Change[]>;
}

/** What is to be trusted, chosen already. */
interface Choice {
  readonly kind: TrustKind;
  readonly certificate: ReadCertificate | null;
  readonly wish: TrustWish;
  /** Why nothing is to be done for a consumer. */
  readonly standing: (id: ConsumerId) => Standing;
}

/**
 * Plans trust: which certificate, and the exact changes for each consumer. Changes nothing.
 * @throws RegentError the server's own problem where trust is no cure, `CONSUMER_UNKNOWN`, and those of the choice
 */
export async function makePlan(
  choice: OwnChoice,
  report: ProbeReport,
  surroundings: PlanSurroundings,
): Promise<MadePlan> {
  return choice.insecure
    ? writePlan(choosePlainHttp(choice, report), choice, surroundings)
    : writePlan(chooseCertificateOf(choice, report, surroundings), choice, surroundings);
}

function choosePlainHttp({ address }: OwnChoice, report: ProbeReport): Choice {
  const { verdict, problems } = report;
  const [first] = problems;
  // What trust can't mend is never mended by doing without TLS.
  if (verdict !== 'plain-http') {
    throw first && verdict === 'unreachable'
      ? errorFromProblem(first)
      : new RegentError('INSECURE_NOT_NEEDED', { address });
  }
  const wish = {
    address,
    certificates: [],
    client: null,
    plainHttp: true,
    replaced: [],
    withdrawn: false,
    aside: [],
  };
  return { kind: 'insecure', certificate: null, wish, standing: loopbackStanding(address) };
}

/**
 * Docker Engine accepts anything on a loopback address. A name that stands for one is trusted for all the same:
 * engines with the containerd image store check it (moby, 28).
 */
function loopbackStanding(address: string): Choice['standing'] {
  return (id) => ({
    settled: id.startsWith('docker-') && isLoopback(address) ? 'not-needed' : null,
  });
}

function chooseCertificateOf(
  choice: OwnChoice,
  report: ProbeReport,
  { roots, now }: PlanSurroundings,
): Choice {
  const { address } = choice;
  const { certificates: shown, verdict: probed, problems } = report;
  const [first] = problems;
  if (first && (shown.length === 0 || probed === 'not-a-registry')) throw errorFromProblem(first);
  const presented = presentedOf(report);
  const { verdict, problem } = assess(presented, address, roots, now);
  if (problem && verdict !== 'untrusted') throw errorFromProblem(problem);
  const certificate = choice.choose(presented, now);
  const kind = kindOfAnchor(certificate, presented);
  const [leaf] = presented.chain;
  // Trust in the leaf alone ends with its renewal, so an issuer is worth adding to it.
  const isPinned = leaf !== undefined && roots.has(leaf) && !roots.has(certificate);
  const isTrusted = verdict === 'trusted' && !(kind === 'ca' && isPinned) && !choice.client;
  const loopback = loopbackStanding(address);
  return {
    ...{ kind, certificate },
    wish: {
      address,
      certificates: [{ pem: writePem(certificate.der), sha256: certificate.sha256 }],
      replaced: choice.replaces.map(({ pem, sha256: old }) => ({ pem, sha256: old })),
      ...{ client: choice.client, plainHttp: false, withdrawn: false, aside: [] },
    },
    standing: (id) =>
      id === 'docker-engine' && isTrusted && loopback(id).settled === null
        ? { settled: 'already' }
        : loopback(id),
  };
}

async function writePlan(
  { kind, certificate, wish, standing }: Choice,
  choice: OwnChoice,
  surroundings: PlanSurroundings,
): Promise<MadePlan> {
  const { machine, isWritable, state } = surroundings;
  const chosen = await chooseConsumers(choice.consumers, machine);
  const planned = await Promise.all(
    chosen.map(({ consumer }) =>
      planConsumer(consumer, wish, machine, isWritable, standing(consumer.id)),
    ),
  );
  const { address } = choice;
  const described = certificate && describeCertificate(certificate);
  const replaces = choice.replaces.filter(({ sha256 }) => sha256 !== described?.sha256);
  const consumers = await Promise.all(
    planned.map((one) => planReplaced(one, { address, replaces }, state, surroundings)),
  );
  const plan: TrustPlan = {
    planId: randomUUID(),
    ...{ address, kind, certificate: described, consumers },
    client: choice.client && describeClient(choice.client.certificatePem),
    replaces,
    script: scriptOf(consumers.flatMap(({ changes }) => changes)),
  };
  return { plan, wish, own: new Map(planned.map(({ id, changes }) => [id, changes])) };
}

function describeClient(pem: string): TrustPlan['client'] {
  const [certificate] = describePem(pem);
  if (!certificate) return null;
  const { sha256, subject, notAfter } = certificate;
  return { sha256, subject, notAfter };
}

/** Those that were asked for, or those that are here; Regent's own client is always among them. */
async function chooseConsumers(
  wanted: readonly ConsumerId[] | undefined,
  machine: Machine,
): Promise<readonly Here[]> {
  const here = await findConsumers(machine);
  if (!wanted) return here.filter(isPreselected);
  const missing = wanted.find((id) => !here.some(({ consumer }) => consumer.id === id));
  if (missing !== undefined) {
    const found = here.map(({ consumer }) => consumer.id);
    throw new RegentError('CONSUMER_UNKNOWN', { consumer: missing, found });
  }
  return here.filter(({ consumer: { id } }) => id === 'regent' || wanted.includes(id));
}
