import type { ProbeEvent } from '../../shared/contract/registries.ts';
import { errorFromProblem, RegentError } from '../../shared/errors/index.ts';
import type { ProbeReport } from '../../shared/model/probe.ts';
import type { Reverted, TrustEntry, TrustPlan, TrustResult } from '../../shared/model/trust.ts';
import type { Clock } from '../platform/clock.ts';
import type { Elevate } from '../platform/elevation.ts';
import type { Paths } from '../platform/paths.ts';
import { linuxRootPlaces, type SystemRootPlaces } from '../platform/system-roots.ts';
import { applyPlan } from './apply.ts';
import { readDockerRoots } from './docker-roots.ts';
import { emptyJournal, openJournal } from './journal.ts';
import { listTrust } from './list.ts';
import { makePlan, type PlanInput } from './plan.ts';
import { createPrivileged, type IsWritable } from './privileged.ts';
import type { Resolver } from './probe/look.ts';
import { probe } from './probe.ts';
import { createRecent } from './recent.ts';
import { revokeTrust } from './revoke.ts';
import { hasDockerEngine, isWritable } from './targets/docker-engine.ts';
import { openRegentStore } from './targets/regent.ts';

/** What trust is built from. */
export interface TrustOptions {
  readonly paths: Pick<Paths, 'data' | 'dockerCertsD'>;
  readonly clock: Clock;
  readonly elevate: Elevate;
  /** Whether this machine has a Docker Engine. */
  readonly hasEngine?: () => Promise<boolean>;
  /** Whether this process may make changes below a path itself. */
  readonly isWritable?: IsWritable;
  readonly systemRoots?: SystemRootPlaces;
  readonly resolver?: Resolver;
  /** How long one step of a probe may take, in milliseconds. */
  readonly stepMs?: number;
}

/** Looking at servers, and making this machine trust them. */
export interface Trust {
  /** Looks at a server; see `probe`. The report is remembered for a plan. */
  probe(address: string, signal: AbortSignal): AsyncGenerator<ProbeEvent, void, void>;
  /** Plans trust; see `makePlan`. A server that was not looked at yet is looked at first. */
  plan(input: PlanInput, signal?: AbortSignal): Promise<TrustPlan>;
  /** A plan that waits to be applied, for the question before it. @throws RegentError `PLAN_UNKNOWN` */
  planOf(planId: string): TrustPlan;
  /** Carries out a plan, once. @throws RegentError `PLAN_UNKNOWN`, and what `applyPlan` throws */
  apply(planId: string): Promise<TrustResult>;
  list(): Promise<readonly TrustEntry[]>;
  /** Undoes all trust in one address; see `revokeTrust`. */
  revoke(address: string): Promise<readonly Reverted[]>;
  /** The certificates that Regent's own client trusts for an address beyond the system's, as PEM. */
  materialFor(address: string): Promise<readonly string[]>;
}

const REMEMBERED = 64;

/** Builds trust for one user of this machine. */
export function createTrust(options: TrustOptions): Trust {
  const { paths, clock, systemRoots = linuxRootPlaces, hasEngine = hasDockerEngine } = options;
  const certsD = paths.dockerCertsD;
  const writable = options.isWritable ?? isWritable;
  const journal = openJournal(paths.data);
  const store = openRegentStore(paths.data);
  const privileged = createPrivileged(certsD, options.elevate, writable);
  const reports = createRecent<ProbeReport>(REMEMBERED);
  const plans = createRecent<TrustPlan>(REMEMBERED);
  const rootsFor = (address: string) => readDockerRoots(address, certsD, systemRoots);

  async function* look(address: string, signal: AbortSignal) {
    // A journal that can't be read is for those to say who change it; looking needs it for one remark only.
    const { entries } = await journal.read().catch(() => emptyJournal);
    const expected = entries
      .filter((entry) => entry.address === address)
      .map(({ sha256 }) => sha256);
    const { resolver, stepMs } = options;
    const events = probe(address, {
      ...{ signal, clock, expected, roots: await rootsFor(address) },
      ...(resolver ? { resolver } : {}),
      ...(stepMs ? { stepMs } : {}),
    });
    for await (const event of events) {
      if (event.type === 'report') reports.set(address, event.report);
      yield event;
    }
  }

  const reportOf = async (address: string, signal: AbortSignal): Promise<ProbeReport> => {
    const known = reports.get(address);
    if (known && known.certificates.length > 0) return known;
    for await (const event of look(address, signal)) {
      if (event.type === 'report') return event.report;
    }
    throw new RegentError('CANCELLED', { subject: address });
  };

  const planOf = (planId: string): TrustPlan => {
    const plan = plans.get(planId);
    if (!plan) throw new RegentError('PLAN_UNKNOWN', { planId });
    return plan;
  };

  return {
    probe: look,
    plan: async (input, signal = new AbortController().signal) => {
      const { address } = input;
      const { certificates, problems, verdict } = await reportOf(address, signal);
      const [first] = problems;
      if (first && (certificates.length === 0 || verdict === 'not-a-registry')) {
        throw errorFromProblem(first);
      }
      const roots = await rootsFor(address);
      const engine = { certsD, roots, hasEngine: await hasEngine(), isWritable: writable };
      const surroundings = { ...engine, store, now: clock.now() };
      const plan = await makePlan(input, certificates, surroundings);
      plans.set(plan.planId, plan);
      return plan;
    },
    planOf,
    apply: async (planId) => {
      const plan = planOf(planId);
      plans.delete(planId);
      return applyPlan(plan, { journal, privileged, store, clock });
    },
    list: () => listTrust(journal),
    revoke: (address) => revokeTrust(address, { journal, privileged, store, certsD }),
    materialFor: (address) => store.read(address),
  };
}
