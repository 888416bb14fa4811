import type { accountsContract } from '../../shared/contract/accounts.ts';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import { RegentError } from '../../shared/errors/index.ts';
import { exportLogin } from '../accounts/export/export-login.ts';
import { checkAccount, noteAnswer } from './check-account.ts';
import type { Services } from './services.ts';

/** Serves the accounts domain. */
export function accountsHandlers(services: Services): DomainHandlers<typeof accountsContract> {
  const { accounts, clients, door, helper, imports, secretStore, tokenServers } = services;
  return {
    list: async () => [...(await accounts.list())],
    login: async ({ address, username, password, ...more }, { signal }) => {
      const tokenServer = more.tokenServer && new URL(more.tokenServer).origin;
      await clients.checkLogin(address, { username, password }, signal, tokenServer);
      if (tokenServer !== undefined) await tokenServers.accept(address, tokenServer);
      await accounts.save({ address, username, secret: password });
      return noteAnswer(services, address, username, 'worked');
    },
    logout: async ({ address, username }) => ({
      address,
      removed: await accounts.remove(address, username),
    }),
    use: ({ address, username }) => accounts.use(address, username),
    check: ({ address, username }, { signal }) => checkAccount(services, address, username, signal),
    export: async ({ address, username, format, name, namespace }) => {
      const login = await accounts.credentialsFor(address, username);
      if (!login) throw unknown(address, username);
      await door.handOverSecret(exportLogin({ address, ...login }, format, { name, namespace }));
      return { address, username: login.username };
    },

    store: () => secretStore.status(),
    chooseStore: (choice) => secretStore.choose(choice),
    unlockStore: ({ passphrase, minutes }) => secretStore.unlock(passphrase, minutes),
    lockStore: () => secretStore.lock(),

    found: async (_, { signal }) => [...(await imports.find(signal))],
    import: async ({ ids }, { signal }) => [...(await imports.take(ids, signal))],

    helperStatus: () => helper.helperStatus(),
    helperInstall: ({ addresses, asDefault }) => helper.helperInstall(addresses, asDefault),
    helperRepair: () => helper.helperRepair(),
    helperUninstall: () => helper.helperUninstall(),
  };
}

function unknown(address: string, username: string | undefined): RegentError {
  return username === undefined
    ? new RegentError('ACCOUNT_NOT_FOUND', { address })
    : new RegentError('ACCOUNT_UNKNOWN', { address, username });
}
