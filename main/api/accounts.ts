import type { accountsContract } from '../../shared/contract/accounts.ts';
import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import { problemOf, RegentError } from '../../shared/errors/index.ts';
import { exportLogin } from '../accounts/export/export-login.ts';
import { serverKey } from '../accounts/server-key.ts';
import { mayHaveSecrets } from '../registry/auth/realm.ts';
import { checkAccount, noteAnswer } from './check-account.ts';
import type { Services } from './services.ts';

/** Serves the accounts domain. */
export function accountsHandlers(services: Services): DomainHandlers<typeof accountsContract> {
  const { accounts, clients, door, helper, imports, secretStore, tokenServers } = services;
  return {
    list: async () => [...(await accounts.list())],
    login: async ({ address, username, password, tokenServer }, { signal }) => {
      const prove = (origin?: string) =>
        clients.checkLogin(address, { username, password }, signal, origin);
      const named = await proveLogin(prove, tokenServer);
      // The registry may have answered before it was told that nobody waits any more.
      if (signal.aborted) throw new RegentError('CANCELLED', { subject: address });
      await accounts.save({ address, username, secret: password });
      if (named !== null) await tokenServers.accept(address, named);
      return noteAnswer(services, address, username, 'worked');
    },
    logout: async ({ address, username }) => {
      const removed = await accounts.remove(address, username);
      const isSame = (other: string) => serverKey(other) === serverKey(address);
      const isLast = !(await accounts.list()).some((one) => isSame(one.address));
      if (isLast) await tokenServers.forget(isSame);
      return { address, removed };
    },
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

/**
 * Proves a login. The person's token server has the password only where the registry names that very one.
 * @returns the origin of that server; null where the login works without it
 * @throws RegentError `SIGN_IN_INSECURE` for a server that others on the network could overhear; why it is not proved
 */
async function proveLogin(
  prove: (tokenServer?: string) => Promise<void>,
  tokenServer: string | undefined,
): Promise<string | null> {
  const server = tokenServer === undefined ? null : new URL(tokenServer);
  if (server && !mayHaveSecrets(server)) {
    throw new RegentError('SIGN_IN_INSECURE', { address: server.host });
  }
  try {
    await prove();
    return null;
  } catch (error) {
    if (!server || !isForeign(error, server.origin)) throw error;
    await prove(server.origin);
    return server.origin;
  }
}

function isForeign(error: unknown, origin: string): boolean {
  const problem = problemOf(error);
  return problem.code === 'REALM_FOREIGN' && problem.data.realm === origin;
}

function unknown(address: string, username: string | undefined): RegentError {
  return username === undefined
    ? new RegentError('ACCOUNT_NOT_FOUND', { address })
    : new RegentError('ACCOUNT_UNKNOWN', { address, username });
}
