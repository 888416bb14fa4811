import type { ConsumerId, Proof } from '../../shared/model/consumer.ts';
import type { Services } from './services.ts';

/**
 * Asks consumers themselves about an address, one after the other.
 * @param consumers undefined for those that it was trusted for, or for Docker Engine where it was for none
 * @throws RegentError `CANCELLED`
 */
export async function proveTrust(
  { trust, proveFor }: Services,
  address: string,
  consumers: readonly ConsumerId[] | undefined,
  signal: AbortSignal,
): Promise<readonly Proof[]> {
  const { consumers: trusted, plainHttp } = await trust.standingOf(address);
  const usual: readonly ConsumerId[] = trusted.some((id) => id !== 'regent')
    ? trusted
    : ['docker-engine'];
  const proofs: Proof[] = [];
  for (const id of consumers ?? usual) {
    const question = { plainHttp, trusted: trusted.includes(id), signal };
    proofs.push(...(await proveFor(id, address, question)));
  }
  return proofs;
}
