import type { ConsumerPlan, TrustPlan } from '../../shared/model/trust.ts';
import type { JournalEntry, JournalState } from './journal.ts';
import { describeTakeBack } from './operations/describe.ts';
import { operationsFor } from './operations/operations-for.ts';
import type { IsWritable } from './privileged.ts';
import { jobsToTakeBack } from './take-back.ts';
import { consumerOf } from './targets/index.ts';
import type { Machine } from './targets/target.ts';

/** The trusts of an address that a plan replaces. */
export function replacedEntries(
  { address, replaces }: Pick<TrustPlan, 'address' | 'replaces'>,
  { entries }: JournalState,
): readonly JournalEntry[] {
  return entries.filter(
    (entry) => entry.address === address && replaces.some(({ sha256 }) => sha256 === entry.sha256),
  );
}

/** Whether earlier trusts go for a consumer: only where the new one is, or will be, in their place. */
export function isReplacing({ status }: Pick<ConsumerPlan, 'status'>): boolean {
  return status === 'to-do' || status === 'already';
}

/** Adds to a consumer's part what goes with the trusts that are replaced. */
export async function planReplaced(
  planned: ConsumerPlan,
  plan: Pick<TrustPlan, 'address' | 'replaces'>,
  state: JournalState,
  { machine, isWritable }: { readonly machine: Machine; readonly isWritable: IsWritable },
): Promise<ConsumerPlan> {
  if (!isReplacing(planned)) return planned;
  const { places } = machine;
  const consumer = consumerOf(planned.id, places.platform);
  const jobs = jobsToTakeBack(replacedEntries(plan, state), state, [planned.id]);
  const removals = await Promise.all(
    jobs.map(({ wish, takeBack }) => {
      const operations = operationsFor(consumer, wish, places);
      const shared = operations.flatMap((one) =>
        one.kind === 'edit' && one.isShared ? [one.path] : [],
      );
      const paths = takeBack.paths.filter((path) => !shared.includes(path));
      return describeTakeBack(operations, paths);
    }),
  );
  const changes = [...planned.changes, ...removals.flat()];
  if (changes.length === planned.changes.length) return planned;
  const mayWrite = await Promise.all(
    jobs.flatMap(({ takeBack }) => takeBack.paths).map((path) => isWritable(path)),
  );
  const needsRoot = consumer.scope === 'machine' && !mayWrite.every(Boolean);
  return { ...planned, status: 'to-do', changes, elevated: planned.elevated || needsRoot };
}
