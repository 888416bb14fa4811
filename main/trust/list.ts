import type { Certificate } from '../../shared/model/certificate.ts';
import type { TrustEntry } from '../../shared/model/trust.ts';
import type { Clock } from '../platform/clock.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { reconcile, stateOfFile } from './reconcile.ts';
import type { Places } from './targets/target.ts';
import { describePem } from './x509/describe-pem.ts';

const DAY = 24 * 60 * 60 * 1000;
const WARNED_DAYS = 30;

/**
 * The trusts that were made and can be undone, newest last, each held against the disk and the clock.
 * @throws RegentError `STATE_INVALID`, `FILE_FAILED`
 */
export async function listTrust(
  journal: Journal,
  places: Places,
  clock: Clock,
): Promise<readonly TrustEntry[]> {
  const { entries } = await reconcile(await journal.read(), places);
  return Promise.all(entries.map((entry) => describeEntry(entry, places, clock.now())));
}

async function describeEntry(
  entry: JournalEntry,
  places: Places,
  now: number,
): Promise<TrustEntry> {
  const { address, kind, pem, client, trustedAt, files } = entry;
  const [certificate = null] = describePem(pem);
  const [shown = null] = describePem(client?.certificatePem ?? '');
  return {
    ...{ address, kind, certificate, trustedAt },
    client: client && {
      sha256: client.sha256,
      subject: shown?.subject ?? '',
      notAfter: shown?.notAfter ?? '',
    },
    consumers: [...new Set(files.map(({ consumer }) => consumer))],
    files: files.map(({ path }) => path),
    ...expiryOf([certificate, shown], now),
    drift: await driftOf(entry, places),
  };
}

/** Whichever ends first decides. */
function expiryOf(certificates: readonly (Certificate | null)[], now: number) {
  const ends = certificates.flatMap((one) => (one ? [Date.parse(one.notAfter)] : []));
  if (ends.length === 0) return { expiry: 'fine', daysLeft: null } as const;
  const daysLeft = Math.floor((Math.min(...ends) - now) / DAY);
  const expiry = daysLeft < 0 ? 'expired' : daysLeft < WARNED_DAYS ? 'soon' : 'fine';
  return { expiry, daysLeft } as const;
}

async function driftOf(entry: JournalEntry, places: Places): Promise<TrustEntry['drift']> {
  const states = await Promise.all(
    entry.files.map(async (file) => ({ file, state: await stateOfFile(entry, file, places) })),
  );
  return states.flatMap(
    ({ file: { consumer, path, state: known }, state }): TrustEntry['drift'] => {
      if (known === 'intended') return [{ consumer, path, state: 'unfinished' }];
      return state === 'there' ? [] : [{ consumer, path, state }];
    },
  );
}
