import type { demoContract } from '../../shared/contract/demo.ts';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { isoNow } from '../platform/clock.ts';
import type { Services } from './services.ts';

/** Serves the demo domain. */
export function demoHandlers(services: Services): DomainHandlers<typeof demoContract> {
  const { demo, registries, accounts, clients, trust } = services;
  return {
    start: async () => {
      const { address, username, caSha256 } = await demo.start();
      return { address, username, sha256: caSha256 };
    },
    signIn: async (_, { signal }) => {
      const { address, username, password } = await demo.running();
      await clients.checkLogin(address, { username, password }, signal);
      try {
        return await accounts.save({ address, username, secret: password });
      } catch (error) {
        if (!isKeychainProblem(error)) throw error;
        demo.rememberSignIn();
        return { address, username, source: 'memory', updatedAt: isoNow(services.clock) };
      } finally {
        clients.forget(address);
      }
    },
    stop: async () => {
      const running = await demo.running().catch(() => undefined);
      if (!running) return { stopped: false };
      const { address } = running;
      await removeTraces(address);
      clients.forget(address);
      return { stopped: await demo.stop() };
    },
  };

  /** A demo leaves nothing behind: its address is another one the next time. */
  async function removeTraces(address: string): Promise<void> {
    await registries.remove(address);
    await accounts.remove(address).catch(ignoreKeychainProblem);
    await trust.revoke(address).catch((error: unknown) => {
      if (!(error instanceof RegentError) || error.code !== 'TRUST_NOT_FOUND') throw error;
    });
  }
}

function isKeychainProblem(error: unknown): boolean {
  return error instanceof RegentError && error.code.startsWith('KEYCHAIN_');
}

function ignoreKeychainProblem(error: unknown): boolean {
  if (isKeychainProblem(error)) return false;
  throw error;
}
