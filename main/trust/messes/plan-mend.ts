import { randomUUID } from 'node:crypto';
import { RegentError } from '../../../shared/errors/index.ts';
import { findConsumers } from '../look-around.ts';
import type { MadePlan } from '../plan.ts';
import { planConsumer } from '../plan-consumer.ts';
import type { IsWritable } from '../privileged.ts';
import { scriptOf } from '../script.ts';
import type { Machine, TrustWish } from '../targets/target.ts';
import { describeCertificate } from '../x509/describe-certificate.ts';
import { writePem } from '../x509/pem.ts';
import { findMesses } from './find-messes.ts';
import { certificatesIn } from './look-into-folder.ts';

/**
 * Plans to mend one finding: what is in the way is put aside, and an authority that was saved in a form or under
 * a name that is not read is written as it should be. Undone with the address's trust.
 * @throws RegentError `MESS_UNKNOWN`
 */
export async function planMend(
  messId: string,
  machine: Machine,
  isWritable: IsWritable,
): Promise<MadePlan> {
  const mess = (await findMesses(machine)).find(({ id }) => id === messId);
  const here = await findConsumers(machine);
  const consumer = here.find((one) => one.consumer.id === mess?.consumer)?.consumer;
  if (!mess || !consumer) throw new RegentError('MESS_UNKNOWN', { messId });
  const { address, kind, path } = mess;
  const holdsOne = kind === 'misnamed' || kind === 'unreadable';
  const [certificate] = holdsOne ? await certificatesIn(path) : [];
  const wish: TrustWish = {
    address,
    certificates: certificate
      ? [{ pem: writePem(certificate.der), sha256: certificate.sha256 }]
      : [],
    ...{ client: null, plainHttp: false },
    withdrawn: kind === 'needlessly-insecure',
    aside: kind === 'needlessly-insecure' ? [] : [path],
  };
  const planned = await planConsumer(consumer, wish, machine, isWritable, { settled: null });
  const plan = {
    planId: randomUUID(),
    ...{ address, kind: 'mend' as const, client: null, replaces: [], consumers: [planned] },
    certificate: certificate ? describeCertificate(certificate) : null,
    script: scriptOf(planned.changes),
  };
  return { plan, wish };
}
