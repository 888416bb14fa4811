import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { trustContract } from '../../shared/contract/trust.ts';
import { RegentError } from '../../shared/errors/index.ts';
import type { Services } from './services.ts';

/** Serves the trust domain. */
export function trustHandlers({
  trust,
  engine,
  door,
  credentialsFor,
}: Services): DomainHandlers<typeof trustContract> {
  return {
    plan: (input) => trust.plan(input),
    apply: async ({ planId }) => {
      const plan = trust.planOf(planId);
      const { address } = plan;
      if (!(await door.confirmTrust(plan))) throw new RegentError('TRUST_DECLINED', { address });
      return trust.apply(planId);
    },
    proof: async ({ address }, { signal }) => {
      const auth = await credentialsFor(address);
      const proof = [
        await engine.proveSignIn(address, auth, signal),
        await engine.provePull(address, auth, signal),
      ];
      return { address, proof };
    },
    list: async () => [...(await trust.list())],
    revoke: async ({ address }) => {
      return { address, reverted: [...(await trust.revoke(address))] };
    },
  };
}
