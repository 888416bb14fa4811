import type { ConsumerId, Proof } from '../../shared/model/consumer.ts';
import type { Services } from './services.ts';

/**
 * Asks consumers themselves about an address, all at the same time: some take seconds.
 * @param consumers undefined for those that it was trusted for, and Docker Engine where it is: it may accept what
 * was never made for it
 * @throws RegentError `CANCELLED`
 */
export async function proveTrust(
  { trust, proveFor }: Services,
  address: string,
  consumers: readonly ConsumerId[] | undefined,
  signal: AbortSignal,
): Promise<readonly Proof[]> {
  const { consumers: trusted, plainHttp } = await trust.standingOf(address);
  const asked = consumers ?? (await usualConsumers(trust, trusted));
  const proofs = await Promise.all(
    asked.map((id) => proveFor(id, address, { plainHttp, trusted: trusted.includes(id), signal })),
  );
  return proofs.flat();
}

async function usualConsumers(
  trust: Services['trust'],
  trusted: readonly ConsumerId[],
): Promise<readonly ConsumerId[]> {
  const here = (await trust.consumers()).map(({ id }) => id);
  const isAlone = trusted.every((id) => id === 'regent');
  const withEngine = isAlone || here.includes('docker-engine');
  return [
    ...new Set<ConsumerId>([...(withEngine ? (['docker-engine'] as const) : []), ...trusted]),
  ];
}
