import { RegentError } from '../../shared/errors/index.ts';
import type { Reverted } from '../../shared/model/trust.ts';
import type { Done } from './elevated/receipt.ts';
import type { Journal, JournalEntry, JournalState } from './journal.ts';
import type { Privileged } from './privileged.ts';
import { reconcile } from './reconcile.ts';
import { removalScriptOf } from './script.ts';
import { certsFolders } from './targets/docker-engine.ts';
import type { RegentStore } from './targets/regent.ts';

/** What undoes a trust. */
export interface RevokeTools {
  readonly journal: Journal;
  readonly privileged: Privileged;
  readonly store: RegentStore;
  /** Docker's trust folder. */
  readonly certsD: string;
}

/**
 * Undoes all trust in one address: puts back what was there before, by the journal. Files that were there
 * already stay, and so does what somebody else has added to Regent's files or folders.
 * @throws RegentError `TRUST_NOT_FOUND`, or what elevation and the file system say; the journal keeps the entry then
 */
export function revokeTrust(address: string, tools: RevokeTools): Promise<readonly Reverted[]> {
  return tools.journal.exclusively(async () => {
    const state = await reconcile(await tools.journal.read());
    const entries = state.entries.filter((entry) => entry.address === address);
    const folders = certsFolders(tools.certsD, address);
    const removable = folders.filter((path) => state.folders.includes(path));
    if (entries.length === 0 && !removable.some((folder) => isIdle(folder, state))) {
      throw new RegentError('TRUST_NOT_FOUND', { address });
    }
    const engine = await revokeEngine(address, entries, removable, tools);
    const regent = await revokeRegent(address, entries, tools.store);
    await tools.journal.update(() => withoutAddress(state, address, engine));
    return [...engine, ...regent];
  });
}

/** Whether a folder serves no trust: it was made for one that was cut off. */
function isIdle(folder: string, { entries }: JournalState): boolean {
  return !entries.some(({ files }) => files.some(({ path }) => path.startsWith(`${folder}/`)));
}

async function revokeEngine(
  address: string,
  entries: readonly JournalEntry[],
  removable: readonly string[],
  { privileged }: RevokeTools,
): Promise<readonly Reverted[]> {
  const files = entries.flatMap(({ sha256, files: list }) =>
    list
      .filter(({ consumer }) => consumer === 'docker-engine')
      .map(({ path, state }) => ({ sha256, path, isOurs: state === 'written' })),
  );
  const ours = files.filter(({ isOurs }) => isOurs);
  const foreign = files
    .filter(({ isOurs }) => !isOurs)
    .map(({ path }): Reverted => ({ consumer: 'docker-engine', path, action: 'kept' }));
  if (ours.length === 0 && removable.length === 0) return foreign;
  const script = removalScriptOf(
    ours.map(({ path }) => path),
    removable,
  );
  const receipt = await privileged(
    {
      verb: 'remove-certificates',
      address,
      sha256s: ours.map(({ sha256 }) => sha256),
      folders: removable,
    },
    script,
  );
  return [...[...receipt.files, ...receipt.folders].map(revertedOf), ...foreign];
}

function revertedOf({ path, status }: Done): Reverted {
  const action = status === 'removed' || status === 'gone' ? status : 'kept';
  return { consumer: 'docker-engine', path, action };
}

async function revokeRegent(
  address: string,
  entries: readonly JournalEntry[],
  store: RegentStore,
): Promise<readonly Reverted[]> {
  const reverted: Reverted[] = [];
  for (const { sha256, files } of entries) {
    for (const { consumer, path } of files) {
      if (consumer !== 'regent') continue;
      const wasThere = await store.remove(address, sha256);
      reverted.push({ consumer, path, action: wasThere ? 'removed' : 'gone' });
    }
  }
  return reverted;
}

/** Folders that stayed behind remain Regent's only while another trust of Regent's is in them. */
function withoutAddress(
  state: JournalState,
  address: string,
  reverted: readonly Reverted[],
): JournalState {
  const entries = state.entries.filter((entry) => entry.address !== address);
  const done = new Set(reverted.filter(({ action }) => action !== 'kept').map(({ path }) => path));
  const rest = { ...state, entries };
  const folders = state.folders.filter((folder) => !done.has(folder) && !isIdle(folder, rest));
  return { ...rest, folders };
}
