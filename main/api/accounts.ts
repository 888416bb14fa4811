import type { accountsContract } from '../../shared/contract/accounts.ts';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { Services } from './services.ts';

/** Serves the accounts domain. */
export function accountsHandlers(services: Services): DomainHandlers<typeof accountsContract> {
  const { accounts, clients, helper } = services;
  return {
    list: async () => [...(await accounts.list())],
    login: async ({ address, username, password }, { signal }) => {
      await clients.checkLogin(address, { username, password }, signal);
      return accounts.save({ address, username, secret: password });
    },
    logout: async ({ address }) => ({ address, removed: await accounts.remove(address) }),
    keychain: () => accounts.keychainStatus(),
    helperStatus: () => helper.helperStatus(),
    helperInstall: ({ addresses }) => helper.helperInstall(addresses),
    helperUninstall: () => helper.helperUninstall(),
  };
}
