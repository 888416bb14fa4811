import type { ProbeEvent } from '../../shared/contract/registries.ts';
import { RegentError } from '../../shared/errors/index.ts';
import type { ConsumerId, FoundConsumer } from '../../shared/model/consumer.ts';
import type { ProbeReport } from '../../shared/model/probe.ts';
import type {
  ExportedFile,
  ExportFormat,
  Mess,
  Reverted,
  RevokePlan,
  TrustEntry,
  TrustPlan,
  TrustResult,
} from '../../shared/model/trust.ts';
import type { Clock } from '../platform/clock.ts';
import type { Elevate } from '../platform/elevation.ts';
import { linuxRootPlaces, type SystemRootPlaces } from '../platform/system-roots.ts';
import { applyPlan } from './apply.ts';
import { readDockerRoots } from './docker-roots.ts';
import { exportTrust } from './export/export-trust.ts';
import { rememberSystemRoots } from './go-system-roots.ts';
import { emptyJournal, openJournal } from './journal.ts';
import { listTrust } from './list.ts';
import { describeHere, findConsumers, openMachine } from './look-around.ts';
import { findMesses } from './messes/find-messes.ts';
import { planMend } from './messes/plan-mend.ts';
import { type MadePlan, makePlan } from './plan.ts';
import { createPrivileged, type IsWritable, isWritable } from './privileged.ts';
import type { Resolver } from './probe/look.ts';
import type { FindProxyWay } from './probe/proxy-way.ts';
import { probe } from './probe.ts';
import { type PlanInput, readChoice } from './read-choice.ts';
import { createRecent } from './recent.ts';
import { planRevoke, type RevokeWish, revokeTrust } from './revoke.ts';
import { readIntroduction, readRegentTrust } from './targets/regent.ts';
import type { Places } from './targets/target.ts';
import { trustToExport } from './trust-to-export.ts';

/** What trust is built from. */
export interface TrustOptions {
  readonly places: Places;
  /** The PATH on which programs are looked for. */
  readonly path: string;
  readonly clock: Clock;
  readonly elevate: Elevate;
  /** Whether this process may make changes below a path itself. */
  readonly mayWrite?: IsWritable;
  readonly systemRoots?: SystemRootPlaces;
  readonly resolver?: Resolver;
  /** Finds the proxies of this machine; without it every way is direct. */
  readonly findProxyWay?: FindProxyWay;
  /** How long one step of a probe may take, in milliseconds. */
  readonly stepMs?: number;
}

/** How a look at a server may differ. */
interface LookOptions {
  /** Whether to fetch issuers that the server left out. */
  readonly complete?: boolean | undefined;
  /** Whether the user has set headers for a gate before the registry. */
  readonly isGated?: boolean | undefined;
}

/** Looking at servers, and making this machine trust them. */
export interface Trust {
  /** Looks at a server; see `probe`. The report is remembered for a plan. */
  probe(
    address: string,
    signal: AbortSignal,
    options?: LookOptions,
  ): AsyncGenerator<ProbeEvent, void, void>;
  /** The consumers that are on this machine. */
  consumers(): Promise<readonly FoundConsumer[]>;
  /** Plans trust; see `makePlan`. A server that was not looked at yet is looked at first. */
  plan(input: PlanInput, signal?: AbortSignal): Promise<TrustPlan>;
  /** A plan that waits to be applied, for the question before it. @throws RegentError `PLAN_UNKNOWN` */
  planOf(planId: string): TrustPlan;
  /** Carries out a plan, once. @throws RegentError `PLAN_UNKNOWN`, and what `applyPlan` throws */
  apply(planId: string): Promise<TrustResult>;
  list(): Promise<readonly TrustEntry[]>;
  /** What undoing would change; see `planRevoke`. */
  planRevoke(wish: RevokeWish): Promise<RevokePlan>;
  /** Undoes trust in one address; see `revokeTrust`. */
  revoke(wish: RevokeWish): Promise<readonly Reverted[]>;
  /** Leftovers that hide or break trust; see `findMesses`. */
  messes(address?: string): Promise<readonly Mess[]>;
  /** Plans to mend one. @throws RegentError `MESS_UNKNOWN`, `MESS_LEFT_ALONE` */
  planMend(messId: string): Promise<TrustPlan>;
  /** The trust in one address for other machines. @throws RegentError `TRUST_NOT_FOUND` */
  exportTo(address: string, format: ExportFormat): Promise<readonly ExportedFile[]>;
  /** The certificates that Regent's own client trusts for an address beyond the system's, as PEM. */
  materialFor(address: string): Promise<readonly string[]>;
  /** The certificate that Regent's own client shows an address, with its key; null when there is none. */
  introductionFor(address: string): Promise<{ readonly cert: string; readonly key: string } | null>;
  /** The consumers that an address was trusted for, and whether plain HTTP was. */
  standingOf(address: string): Promise<Standing>;
}

/** What the journal says about one address. */
interface Standing {
  readonly consumers: readonly ConsumerId[];
  readonly plainHttp: boolean;
}

const REMEMBERED = 64;

/** Builds trust for one user of this machine. */
export function createTrust(options: TrustOptions): Trust {
  const { places, clock, systemRoots = linuxRootPlaces } = options;
  const mayWrite = options.mayWrite ?? isWritable;
  const journal = openJournal(places.data);
  const privileged = createPrivileged(places, options.elevate, mayWrite);
  const machine = openMachine(places, options.path);
  const reports = createRecent<ProbeReport>(REMEMBERED);
  const plans = createRecent<MadePlan>(REMEMBERED);
  const readRoots = rememberSystemRoots(systemRoots);
  const rootsFor = (address: string) => readDockerRoots(address, places, readRoots);
  const revokeTools = { journal, privileged, places, isWritable: mayWrite };

  // A journal that can't be read is for those to say who change it; looking needs it for one remark only.
  const entriesOf = async (address: string) => {
    const { entries } = await journal.read().catch(() => emptyJournal);
    return entries.filter((entry) => entry.address === address);
  };

  async function* look(
    address: string,
    signal: AbortSignal,
    { complete, isGated }: LookOptions = {},
  ) {
    const entries = await entriesOf(address);
    const { resolver, stepMs, findProxyWay } = options;
    const events = probe(address, {
      ...{ signal, clock, roots: await rootsFor(address) },
      expected: entries.flatMap(({ pem }) => (pem === '' ? [] : [pem])),
      ...(complete ? { complete } : {}),
      ...(isGated ? { isGated } : {}),
      ...(resolver ? { resolver } : {}),
      ...(findProxyWay ? { findProxyWay } : {}),
      ...(stepMs ? { stepMs } : {}),
    });
    for await (const event of events) {
      if (event.type === 'report') reports.set(address, event.report);
      yield event;
    }
  }

  const lookNow = async (address: string, signal: AbortSignal): Promise<ProbeReport> => {
    for await (const event of look(address, signal)) {
      if (event.type === 'report') return event.report;
    }
    throw new RegentError('CANCELLED', { subject: address });
  };
  const reportOf = async (address: string, signal: AbortSignal): Promise<ProbeReport> => {
    const known = reports.get(address);
    if (known && known.certificates.length > 0) return known;
    return lookNow(address, signal);
  };

  const remember = (made: MadePlan): TrustPlan => {
    plans.set(made.plan.planId, made);
    return made.plan;
  };
  const madePlanOf = (planId: string): MadePlan => {
    const made = plans.get(planId);
    if (!made) throw new RegentError('PLAN_UNKNOWN', { planId });
    return made;
  };
  const list = () => listTrust(journal, places, clock);

  return {
    probe: look,
    consumers: async () => {
      const here = await findConsumers(machine);
      return Promise.all(here.map((one) => describeHere(one, mayWrite)));
    },
    plan: async (input, signal = new AbortController().signal) => {
      const { address } = input;
      const report = await reportOf(address, signal);
      const now = clock.now();
      const earlier = (await list())
        .filter((entry) => entry.address === address)
        .flatMap(({ certificate }) => (certificate ? [certificate] : []));
      const choice = await readChoice(input, report, earlier, now);
      const roots = await rootsFor(address);
      const state = await journal.read();
      return remember(
        await makePlan(choice, report, { machine, isWritable: mayWrite, roots, now, state }),
      );
    },
    planOf: (planId) => madePlanOf(planId).plan,
    apply: async (planId) => {
      const made = madePlanOf(planId);
      plans.delete(planId);
      return applyPlan(made, { journal, privileged, places, clock });
    },
    list,
    planRevoke: (wish) => planRevoke(wish, revokeTools),
    revoke: (wish) => revokeTrust(wish, revokeTools),
    messes: async (address) => (await findMesses(machine, address)).map(({ mess }) => mess),
    planMend: async (messId) => {
      const lookAt = (address: string) => lookNow(address, new AbortController().signal);
      return remember(await planMend(messId, machine, mayWrite, lookAt, clock.now()));
    },
    exportTo: async (address, format) => {
      const entries = (await list()).filter((entry) => entry.address === address);
      return exportTrust(trustToExport(address, entries), format, { now: clock.now() });
    },
    materialFor: (address) => readRegentTrust(places, address),
    introductionFor: (address) => readIntroduction(places, address),
    standingOf: async (address) => {
      const entries = await entriesOf(address);
      const consumers = entries.flatMap(({ files }) => files.map(({ consumer }) => consumer));
      return {
        consumers: [...new Set(consumers)],
        plainHttp: entries.some(({ kind }) => kind === 'insecure'),
      };
    },
  };
}
