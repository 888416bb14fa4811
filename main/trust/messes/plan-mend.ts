import { randomUUID } from 'node:crypto';
import { RegentError } from '../../../shared/errors/index.ts';
import type { ProbeReport } from '../../../shared/model/probe.ts';
import type { MadePlan } from '../plan.ts';
import { planConsumer } from '../plan-consumer.ts';
import type { IsWritable } from '../privileged.ts';
import { scriptOf } from '../script.ts';
import { consumerOf } from '../targets/index.ts';
import type { Machine } from '../targets/target.ts';
import { describeCertificate } from '../x509/describe-certificate.ts';
import { findMesses } from './find-messes.ts';
import { isAccepted } from './is-accepted.ts';

/**
 * Plans to mend one finding: what is in the way is put aside, and an authority that was saved in a form or under
 * a name that is not read is written as it should be. Undone with the address's trust.
 * @param lookAt looks at the server as it answers now
 * @param now milliseconds since 1970
 * @throws RegentError `MESS_UNKNOWN`, `MESS_LEFT_ALONE`
 */
export async function planMend(
  messId: string,
  machine: Machine,
  isWritable: IsWritable,
  lookAt: (address: string) => Promise<ProbeReport>,
  now: number,
): Promise<MadePlan> {
  const found = (await findMesses(machine)).find(({ mess }) => mess.id === messId);
  if (!found) throw new RegentError('MESS_UNKNOWN', { messId });
  const { mess, wish, certificate } = found;
  const { address, path, mendable } = mess;
  const consumer = consumerOf(mess.consumer, machine.places.platform);
  // Certificates that lie there say nothing about the server: without the entry it could be lost.
  const isRight =
    mendable &&
    (!wish.withdrawn || (await isAccepted(consumer, await lookAt(address), machine, now)));
  if (!isRight) throw new RegentError('MESS_LEFT_ALONE', { address, path });
  const planned = await planConsumer(consumer, wish, machine, isWritable, { settled: null });
  const plan = {
    planId: randomUUID(),
    ...{ address, kind: 'mend' as const, client: null, replaces: [], consumers: [planned] },
    certificate: certificate && describeCertificate(certificate),
    script: scriptOf(planned.changes),
  };
  return { plan, wish, own: new Map([[planned.id, planned.changes]]) };
}
