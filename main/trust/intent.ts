import type { ConsumerId } from '../../shared/model/consumer.ts';
import type { JobReceipt } from './elevated/receipt.ts';
import {
  isSameTrust,
  type JournalEntry,
  type JournalFile,
  type JournalState,
  withEntry,
  withFile,
  withFolders,
} from './journal.ts';
import { operationsFor } from './operations/operations-for.ts';
import type { MadePlan } from './plan.ts';
import { consumerOf } from './targets/index.ts';
import type { Places, TrustWish } from './targets/target.ts';

/** Enters into the journal what is about to be done. @param trustedAt ISO 8601 */
export function intend(
  state: JournalState,
  { plan, wish, own }: MadePlan,
  trustedAt: string,
  places: Places,
): JournalState {
  const fresh = freshEntry(plan, wish, trustedAt);
  const known = state.entries.find((entry) => isSameTrust(entry, fresh));
  // A mend that is followed by trust in the same certificate is trust from then on.
  const standing = known ?? fresh;
  let entry: JournalEntry = standing.kind === 'mend' ? { ...standing, kind: plan.kind } : standing;
  for (const { id: consumer, status } of plan.consumers) {
    const changes = own.get(consumer) ?? [];
    const shared = status === 'to-do' ? sharedPaths(consumer, wish, places) : [];
    for (const change of changes) {
      if (change.kind === 'create-directory' || change.kind === 'run') continue;
      const { path } = change;
      const kind = shared.includes(path) ? 'shared' : kindOf(change.kind);
      entry = withFile(entry, { consumer, path, state: 'intended', kind });
    }
    for (const file of sharedFiles(state, consumer, shared)) entry = withFile(entry, file);
  }
  const folders = [...own.values()].flatMap((changes) =>
    changes.flatMap((change) => (change.kind === 'create-directory' ? [change.path] : [])),
  );
  return withFolders(withEntry(state, entry), folders);
}

function sharedPaths(id: ConsumerId, wish: TrustWish, places: Places): readonly string[] {
  const operations = operationsFor(consumerOf(id, places.platform), wish, places);
  return operations.flatMap((one) => (one.kind === 'edit' && one.isShared ? [one.path] : []));
}

/** What an earlier trust of the same consumer has changed for this one, too. */
function sharedFiles(
  { entries }: JournalState,
  consumer: ConsumerId,
  paths: readonly string[],
): readonly JournalFile[] {
  return entries
    .flatMap(({ files }) => files)
    .filter((file) => file.consumer === consumer && file.kind === 'shared')
    .filter(({ state, path }) => state === 'written' && paths.includes(path));
}

function freshEntry(
  { address, kind, certificate }: MadePlan['plan'],
  { client }: TrustWish,
  trustedAt: string,
): JournalEntry {
  return {
    ...{ address, kind, trustedAt, files: [] },
    ...{ sha256: certificate?.sha256 ?? null, pem: certificate?.pem ?? '' },
    client: client && {
      certificatePem: client.certificatePem,
      ...{ sha256: client.sha256, keySha256: client.keySha256 },
    },
  };
}

function kindOf(change: 'write-file' | 'write-secret' | 'edit-file' | 'set-aside' | 'remove') {
  if (change === 'edit-file') return 'edit';
  return change === 'set-aside' ? 'aside' : 'file';
}

/**
 * Once all receipts are there, what is not in them was not done: neither are its folders Regent's, if somebody else
 * has made them in the meantime.
 * @param before the journal without the intent
 */
export function withoutFailed(
  state: JournalState,
  before: JournalState,
  receipts: readonly JobReceipt[],
): JournalState {
  const created = receipts.flatMap((receipt) =>
    receipt.ok ? receipt.done.filter(({ status }) => status === 'created') : [],
  );
  const folders = [...before.folders, ...created.map(({ path }) => path)];
  const entries = state.entries.map((entry) => ({
    ...entry,
    files: entry.files.filter((file) => file.state !== 'intended'),
  }));
  return {
    ...state,
    entries: entries.filter(({ files }) => files.length > 0),
    folders: [...new Set(folders)],
  };
}

/** Writes a receipt into the journal. */
export function noteReceipt(
  state: JournalState,
  made: MadePlan,
  receipt: JobReceipt,
): JournalState {
  if (!receipt.ok) return state;
  const { plan, wish } = made;
  const entry = state.entries.find((one) => isSameTrust(one, freshEntry(plan, wish, '')));
  if (!entry) return state;
  const created = receipt.done.filter(({ status }) => status === 'created');
  const files = receipt.done.reduce((sum, { path, status }) => {
    const file = sum.files.find((one) => one.path === path && one.consumer === receipt.consumer);
    if (!file || status === 'created') return sum;
    return withFile(sum, { ...file, state: status === 'already' ? 'already' : 'written' });
  }, entry);
  return withFolders(
    withEntry(state, files),
    created.map(({ path }) => path),
  );
}
