import { RegentError } from '../../shared/errors/index.ts';
import type { ConsumerId } from '../../shared/model/consumer.ts';
import type { Reverted, RevokePlan } from '../../shared/model/trust.ts';
import type { Job, TakeBackJob } from './elevated/request.ts';
import type { Journal, JournalEntry, JournalState } from './journal.ts';
import { describeTakeBack } from './operations/describe.ts';
import { operationsFor } from './operations/operations-for.ts';
import type { IsWritable, Privileged } from './privileged.ts';
import { reconcile } from './reconcile.ts';
import { scriptOf } from './script.ts';
import { jobsToTakeBack, settleTakeBack } from './take-back.ts';
import { consumerOf } from './targets/index.ts';
import type { Places } from './targets/target.ts';

/** What undoes a trust. */
export interface RevokeTools {
  readonly journal: Journal;
  readonly privileged: Privileged;
  readonly places: Places;
  readonly isWritable: IsWritable;
}

/** What to undo: without `address` every trust there is, without `consumers` for all of them. */
export interface RevokeWish {
  readonly address?: string | undefined;
  readonly consumers?: readonly ConsumerId[] | undefined;
}

/**
 * Undoes trust in one address, or all there is: puts back what was there before, by the journal. Files that were there
 * already stay, and so does what somebody else has added.
 * @throws RegentError `TRUST_NOT_FOUND`, or what elevation and the file system say; the journal keeps what is left then
 */
export function revokeTrust(wish: RevokeWish, tools: RevokeTools): Promise<readonly Reverted[]> {
  const { journal, privileged, places } = tools;
  return journal.exclusively(async () => {
    const state = await reconcile(await journal.read(), places);
    await journal.update(() => state);
    const entries = entriesOf(wish, state);
    const takeBack = jobsToTakeBack(entries, state, wish.consumers);
    const { script } = await describe(wish.address, takeBack, tools);
    const receipts = await privileged({ apply: [], takeBack }, script);
    return settleTakeBack(entries, receipts.takeBack, tools);
  });
}

/** What undoing would change; changes nothing. @throws RegentError `TRUST_NOT_FOUND` */
export async function planRevoke(wish: RevokeWish, tools: RevokeTools): Promise<RevokePlan> {
  const state = await reconcile(await tools.journal.read(), tools.places);
  const jobs = jobsToTakeBack(entriesOf(wish, state), state, wish.consumers);
  return describe(wish.address, jobs, tools);
}

function entriesOf({ address, consumers }: RevokeWish, state: JournalState) {
  const entries = state.entries.filter(
    (entry) => (address === undefined || entry.address === address) && isFor(entry, consumers),
  );
  if (entries.length === 0 && address !== undefined)
    throw new RegentError('TRUST_NOT_FOUND', { address });
  return entries;
}

function isFor({ files }: JournalEntry, consumers: readonly ConsumerId[] | undefined): boolean {
  return consumers === undefined || files.some(({ consumer }) => consumers.includes(consumer));
}

async function describe(
  address: string | undefined,
  jobs: readonly TakeBackJob[],
  { places, isWritable }: RevokeTools,
): Promise<RevokePlan> {
  const changes: RevokePlan['changes'][number][] = [];
  for (const job of jobs) {
    const made = await describeTakeBack(operationsOf(job, places), job.takeBack.paths);
    changes.push(...made.map((change) => ({ consumer: job.consumer, change })));
  }
  const elevated = await Promise.all(
    jobs.map(async ({ consumer, takeBack }) => {
      const isMachines = consumerOf(consumer, places.platform).scope === 'machine';
      const mayWrite = await Promise.all(takeBack.paths.map(isWritable));
      return isMachines && !mayWrite.every(Boolean);
    }),
  );
  const script = scriptOf(changes.map(({ change }) => change));
  return { address: address ?? null, changes, elevated: elevated.includes(true), script };
}

function operationsOf({ consumer, wish }: Job, places: Places) {
  return operationsFor(consumerOf(consumer, places.platform), wish, places);
}
