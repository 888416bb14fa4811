import type { demoContract } from '../../shared/contract/demo.ts';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { isoNow } from '../platform/clock.ts';
import { noteAnswer } from './check-account.ts';
import { forgetBrowsing } from './note-browsing.ts';
import type { Services } from './services.ts';

/** Serves the demo domain. */
export function demoHandlers(services: Services): DomainHandlers<typeof demoContract> {
  const { demo, accounts, clients } = services;
  return {
    start: async () => {
      const { address, username, caSha256 } = await demo.start();
      return { address, username, sha256: caSha256 };
    },
    signIn: async (_, { signal }) => {
      const { address, username, password } = await demo.running();
      await clients.checkLogin(address, { username, password }, signal);
      try {
        await accounts.save({ address, username, secret: password });
        return await noteAnswer(services, address, username, 'worked');
      } catch (error) {
        if (!isKeychainProblem(error)) throw error;
        demo.rememberSignIn();
        const now = isoNow(services.clock);
        return {
          ...{ address, username, source: 'memory', kind: 'password', inUse: true },
          ...{ updatedAt: now, workedAt: now, refusedAt: null },
        };
      }
    },
    stop: async () => ({ stopped: await endDemo(services) }),
  };
}

/**
 * Ends the demo if one runs, and whatever was made for it: its address is another one the next time.
 * Each part is tried, even when an earlier one fails.
 * @returns whether one ran
 */
export async function endDemo(services: Services): Promise<boolean> {
  const { demo, registries, accounts, trust } = services;
  const running = await demo.running().catch(() => undefined);
  if (!running) return false;
  const { address } = running;
  const removed = await Promise.allSettled([
    registries.remove(address),
    forgetBrowsing(services, address),
    accounts.remove(address).catch(ignoreKeychainProblem),
    trust.revoke({ address }).catch(ignoreNoTrust),
  ]);
  await demo.stop();
  for (const result of removed) if (result.status === 'rejected') throw result.reason;
  return true;
}

function isKeychainProblem(error: unknown): boolean {
  return error instanceof RegentError && error.code.startsWith('KEYCHAIN_');
}

/** Where no keychain is, no login was kept in it. */
function ignoreKeychainProblem(error: unknown): void {
  if (!isKeychainProblem(error)) throw error;
}

function ignoreNoTrust(error: unknown): void {
  if (!(error instanceof RegentError) || error.code !== 'TRUST_NOT_FOUND') throw error;
}
