import type { ConsumerId, Note } from '../../shared/model/consumer.ts';
import { isForClients } from './material/is-for-clients.ts';
import type { Operation } from './operations/operation.ts';
import type { TrustWish } from './targets/target.ts';
import { findPemBlocks } from './x509/pem.ts';
import { readCertificate } from './x509/read-certificate.ts';

/** What a person should know of a client certificate and one consumer, before it is installed there. */
export function clientNotes(
  consumer: ConsumerId,
  { client }: Pick<TrustWish, 'client'>,
  operations: readonly Operation[],
): readonly Note[] {
  if (!client) return [];
  const isTaken = operations.some((one) => one.kind === 'own-file' && one.secret);
  if (!isTaken) return [{ code: 'client-not-taken', facts: {} }];
  // The same for all of them, so it is said once: Regent's own client is in every plan.
  const [leaf] = findPemBlocks(client.certificatePem);
  const isMeant = !leaf || isForClients(readCertificate(leaf.der));
  return isMeant || consumer !== 'regent' ? [] : [{ code: 'client-not-for-clients', facts: {} }];
}
