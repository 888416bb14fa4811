import { errorFromProblem, type Problem } from '../../shared/errors/index.ts';
import type { ConsumerPlan, ConsumerResult, TrustResult } from '../../shared/model/trust.ts';
import { type Clock, isoNow } from '../platform/clock.ts';
import type { JobReceipt } from './elevated/receipt.ts';
import type { ElevatedRequest, Job } from './elevated/request.ts';
import { intend, noteReceipt, withoutFailed } from './intent.ts';
import type { Journal } from './journal.ts';
import type { MadePlan } from './plan.ts';
import { isReplacing, replacedEntries } from './plan-replaced.ts';
import type { Privileged, Receipts } from './privileged.ts';
import { problemOfReceipt } from './problem-of-receipt.ts';
import { reconcile } from './reconcile.ts';
import { jobsToTakeBack, settleTakeBack } from './take-back.ts';
import type { Places, TrustWish } from './targets/target.ts';

/** What carries out a plan. */
export interface ApplyTools {
  readonly journal: Journal;
  readonly privileged: Privileged;
  readonly places: Places;
  readonly clock: Clock;
}

/**
 * Carries out a plan: the intent goes into the journal first, then the changes of all consumers, with one password
 * for those that need it, then what they left behind as receipts. A consumer that fails is as it was before.
 * @throws RegentError what elevation says, `STATE_INVALID`, and the first failure where nothing worked at all
 */
export function applyPlan(made: MadePlan, tools: ApplyTools): Promise<TrustResult> {
  const { plan } = made;
  const { journal, privileged, places } = tools;
  return journal.exclusively(async () => {
    const state = await reconcile(await journal.read(), places);
    const intended = intend(state, made, isoNow(tools.clock), places);
    await journal.update(() => intended);
    try {
      const todo = plan.consumers.filter(({ status }) => status === 'to-do');
      const apply = todo.map(({ id }) => ({ consumer: id, wish: wishFor(id, made) }));
      const replaced = replacedEntries(plan, state);
      const replacing = plan.consumers.filter(isReplacing).map(({ id }) => id);
      const takeBack = jobsToTakeBack(replaced, intended, replacing);
      const receipts = await inTurn({ apply, takeBack }, async (request) => {
        const part = await privileged(request, plan.script);
        await journal.update((now) =>
          part.apply.reduce((sum, one) => noteReceipt(sum, made, one), now),
        );
        return part;
      });
      await journal.update((now) => withoutFailed(now, state, receipts.apply));
      const consumers = plan.consumers.map((consumer) => resultOf(consumer, receipts.apply));
      throwIfNothingWorked(consumers);
      const reverted = await settleTakeBack(replaced, receipts.takeBack, tools);
      const { address, kind, certificate } = plan;
      return { address, kind, sha256: certificate?.sha256 ?? null, consumers, reverted };
    } finally {
      await settle(journal, places);
    }
  });
}

/**
 * Regent's own client comes after all others, and only when one of them works: trust that nobody else has would
 * look like success.
 */
async function inTurn(
  { apply, takeBack }: ElevatedRequest,
  run: (request: ElevatedRequest) => Promise<Receipts>,
): Promise<Receipts> {
  const isOwn = ({ consumer }: Job) => consumer === 'regent';
  const isOther = (job: Job) => !isOwn(job);
  const first = await run({ apply: apply.filter(isOther), takeBack: takeBack.filter(isOther) });
  const failed = first.apply.length > 0 && first.apply.every(({ ok }) => !ok);
  if (failed) return first;
  const own = await run({ apply: apply.filter(isOwn), takeBack: takeBack.filter(isOwn) });
  return {
    apply: [...first.apply, ...own.apply],
    takeBack: [...first.takeBack, ...own.takeBack],
  };
}

/** What is put aside belongs to one consumer each; the others must not see it. */
function wishFor(id: ConsumerPlan['id'], { plan, wish }: MadePlan): TrustWish {
  const own = plan.consumers.find((consumer) => consumer.id === id)?.changes ?? [];
  const aside = own.flatMap((change) => (change.kind === 'set-aside' ? [change.path] : []));
  return { ...wish, aside: wish.aside.filter((path) => aside.includes(path)) };
}

function resultOf(
  { id, changes, effect, live, notes, status, problem }: ConsumerPlan,
  receipts: readonly JobReceipt[],
): ConsumerResult {
  const result = { id, changes, effect, live, notes };
  if (status !== 'to-do') return { ...result, status, problem };
  const receipt = receipts.find(({ consumer }) => consumer === id);
  if (!receipt) return { ...result, status: 'failed', problem: null };
  return receipt.ok
    ? { ...result, status: 'applied', problem: null }
    : { ...result, status: 'failed', problem: problemOfReceipt(receipt) };
}

/** Regent's own client alone is no success when all that was wished for failed. */
function throwIfNothingWorked(consumers: readonly ConsumerResult[]): void {
  const isFine = ({ status }: ConsumerResult) => status !== 'failed' && status !== 'blocked';
  const others = consumers.filter(({ id }) => id !== 'regent');
  const judged = others.length > 0 ? others : consumers;
  if (judged.some(isFine)) return;
  const failure = judged.find(({ problem }) => problem !== null)?.problem as Problem | undefined;
  if (failure) throw errorFromProblem(failure);
}

/** Whatever still is an intent afterwards is held against the disk. */
async function settle(journal: Journal, places: Places): Promise<void> {
  const settled = await reconcile(await journal.read(), places);
  await journal.update(() => settled);
}
