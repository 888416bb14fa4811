import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { trustContract } from '../../shared/contract/trust.ts';
import { RegentError } from '../../shared/errors/index.ts';
import type { RevokePlan } from '../../shared/model/trust.ts';
import { readTrustBundle } from '../trust/export/read-bundle.ts';
import { describePem } from '../trust/x509/describe-pem.ts';
import { proveTrust } from './prove-trust.ts';
import type { Services } from './services.ts';

/** Whether an undoing does more than take Regent's own files of one registry away. */
function reachesFurther({ address, changes }: RevokePlan): boolean {
  return address === null || changes.some(({ change }) => change.kind !== 'remove');
}

/** Serves the trust domain. */
export function trustHandlers(services: Services): DomainHandlers<typeof trustContract> {
  const { trust, door } = services;
  return {
    consumers: async () => [...(await trust.consumers())],
    plan: (input) => trust.plan(input),
    apply: async ({ planId }) => {
      const plan = trust.planOf(planId);
      const { address } = plan;
      if (!(await door.confirmTrust(plan))) throw new RegentError('TRUST_DECLINED', { address });
      return trust.apply(planId);
    },
    proof: async ({ address, consumers }, { signal }) => ({
      address,
      proof: [...(await proveTrust(services, address, consumers, signal))],
    }),
    list: async () => [...(await trust.list())],
    planRevoke: (wish) => trust.planRevoke(wish),
    revoke: async (wish) => {
      const address = wish.address ?? null;
      const plan = await trust.planRevoke(wish);
      if (reachesFurther(plan) && !(await door.confirmRevoke(plan))) {
        throw new RegentError('TRUST_DECLINED', { address: wish.address ?? '' });
      }
      return { address, reverted: [...(await trust.revoke(wish))] };
    },
    messes: async ({ address }) => [...(await trust.messes(address))],
    planMend: ({ messId }) => trust.planMend(messId),
    export: async ({ address, format }) => ({
      files: [...(await trust.exportTo(address, format))],
    }),
    saveExport: async ({ address, format }) => {
      const files = await trust.exportTo(address, format);
      return { path: await door.saveFiles(files, address) };
    },
    readBundle: async ({ text }) => {
      const { address, kind, certificates } = readTrustBundle(text);
      return { address, kind, certificates: certificates.flatMap(({ pem }) => describePem(pem)) };
    },
    chooseFile: async ({ purpose }) => ({ path: await door.chooseFile(purpose) }),
  };
}
