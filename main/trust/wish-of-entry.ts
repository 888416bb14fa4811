import type { ConsumerId } from '../../shared/model/consumer.ts';
import type { JournalEntry } from './journal.ts';
import type { TrustWish } from './targets/target.ts';

/** What a trust of the journal wished of one consumer, to find its operations again. */
export function wishOfEntry(entry: JournalEntry, consumer: ConsumerId): TrustWish {
  const { address, kind, sha256, pem, client, files } = entry;
  return {
    address,
    certificates: sha256 === null ? [] : [{ pem, sha256 }],
    replaced: [],
    client: client && { ...client, keyPem: null },
    plainHttp: kind === 'insecure',
    withdrawn: kind === 'mend' && files.some((file) => file.kind === 'edit'),
    aside: files
      .filter((file) => file.kind === 'aside' && file.consumer === consumer)
      .map(({ path }) => path),
  };
}
