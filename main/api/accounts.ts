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
      const account = await accounts.save({ address, username, secret: password });
      clients.forget(address);
      return account;
    },
    logout: async ({ address }) => {
      const removed = await accounts.remove(address);
      clients.forget(address);
      return { address, removed };
    },
    keychain: () => accounts.keychainStatus(),
    helperStatus: () => helper.helperStatus(),
    helperInstall: ({ addresses }) => helper.helperInstall(addresses),
    helperUninstall: () => helper.helperUninstall(),
  };
}
