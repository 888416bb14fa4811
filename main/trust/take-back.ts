import { errorFromProblem } from '../../shared/errors/index.ts';
import type { ConsumerId } from '../../shared/model/consumer.ts';
import type { Reverted } from '../../shared/model/trust.ts';
import type { JobReceipt } from './elevated/receipt.ts';
import type { TakeBackJob } from './elevated/request.ts';
import type { Journal, JournalEntry, JournalFile, JournalState } from './journal.ts';
import { withEntry } from './journal.ts';
import type { Done } from './operations/done.ts';
import { problemOfReceipt } from './problem-of-receipt.ts';
import { wishOfEntry } from './wish-of-entry.ts';

/**
 * What undoes trusts of the journal, consumer by consumer: what Regent changed, and the folders it made that serve
 * nothing else then.
 * @param consumers only these; all where undefined
 */
export function jobsToTakeBack(
  entries: readonly JournalEntry[],
  state: JournalState,
  consumers?: readonly ConsumerId[],
): readonly TakeBackJob[] {
  // What was put aside gets its place back once nothing of a later trust stands there.
  const isMend = ({ kind }: JournalEntry) => kind === 'mend';
  const ordered = [...entries.filter((entry) => !isMend(entry)), ...entries.filter(isMend)];
  return ordered.flatMap((entry, index) =>
    consumersOf(entry, consumers).map((consumer): TakeBackJob => {
      const files = entry.files.filter((file) => file.consumer === consumer);
      const rest = filesBeside(state, ordered.slice(0, index), entry, consumer);
      const ours = files
        .filter(({ state: known }) => known !== 'already')
        .filter((file) => file.kind !== 'shared' || !rest.some((other) => isSame(other, file)))
        .map(({ path }) => path);
      const folders = state.folders.filter((folder) => isOnTheWay(folder, files));
      const wish = wishOfEntry(entry, consumer);
      return {
        consumer,
        wish,
        takeBack: {
          ...{ paths: ours, folders },
          isLast: !rest.some(
            ({ kind, path }) => kind === 'edit' && files.some((file) => file.path === path),
          ),
        },
      };
    }),
  );
}

function consumersOf(
  { files }: JournalEntry,
  wanted: readonly ConsumerId[] | undefined,
): readonly ConsumerId[] {
  const all = [...new Set(files.map(({ consumer }) => consumer))];
  return wanted ? all.filter((id) => wanted.includes(id)) : all;
}

/** The files of all other trusts that stay. @param gone entries that are taken back before this one */
function filesBeside(
  { entries }: JournalState,
  gone: readonly JournalEntry[],
  entry: JournalEntry,
  consumer: ConsumerId,
): JournalEntry['files'] {
  return entries
    .filter((other) => !gone.includes(other))
    .flatMap((other) =>
      other.files.filter((file) => other !== entry || file.consumer !== consumer),
    );
}

const isSame = (one: JournalFile, other: JournalFile) =>
  one.path === other.path && one.consumer === other.consumer;

/** Whether files are in a folder. Folders that Regent made go only when they are empty, the inner ones first. */
function isOnTheWay(folder: string, files: JournalEntry['files']): boolean {
  return files.some(({ path }) => path.startsWith(`${folder}/`));
}

/**
 * Takes what became of it into the journal. A consumer that failed keeps its part of the entry.
 * @throws RegentError the first failure
 */
export async function settleTakeBack(
  entries: readonly JournalEntry[],
  receipts: readonly JobReceipt[],
  { journal }: { readonly journal: Journal },
): Promise<readonly Reverted[]> {
  const failed = receipts.filter(({ ok }) => !ok).map(({ consumer }) => consumer);
  const done = receipts.filter((one) => one.ok && !failed.includes(one.consumer));
  const reverted = done.flatMap((receipt) =>
    doneOf(receipt).map(
      ({ path, status }): Reverted => ({
        consumer: receipt.consumer,
        path,
        action: actionOf(status),
      }),
    ),
  );
  const foreign = entries.flatMap(({ files }) =>
    files
      .filter(
        ({ state, consumer }) =>
          state === 'already' && done.some((one) => one.consumer === consumer),
      )
      .map(({ consumer, path }): Reverted => ({ consumer, path, action: 'kept' })),
  );
  const consumers = new Set(done.map(({ consumer }) => consumer));
  const gone = new Set(
    reverted
      .filter(({ action }) => action === 'removed' || action === 'gone')
      .map(({ path }) => path),
  );
  await journal.update((state) => {
    const left = entries.reduce(
      (sum, entry) =>
        withEntry(sum, {
          ...entry,
          files: entry.files.filter(({ consumer }) => !consumers.has(consumer)),
        }),
      state,
    );
    return { ...left, folders: left.folders.filter((folder) => !gone.has(folder)) };
  });
  const failure = receipts.find((receipt) => !receipt.ok);
  if (failure && !failure.ok) throw errorFromProblem(problemOfReceipt(failure));
  return [...reverted, ...foreign];
}

function doneOf(receipt: JobReceipt): readonly Done[] {
  return receipt.ok ? receipt.done : [];
}

function actionOf(status: Done['status']): Reverted['action'] {
  switch (status) {
    case 'removed':
    case 'restored':
    case 'gone':
      return status;
    default:
      return 'kept';
  }
}
