import type { Handlers } from '../../../shared/contract/handlers.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import { rightPassword } from './accounts.ts';
import { importLogin } from './found-logins.ts';
import { helperStatus, installHelper, repairHelper, uninstallHelper } from './helper.ts';
import { pause } from './pause.ts';
import { serverAt } from './servers.ts';
import { chooseStore, lockStore, unlockStore } from './store.ts';
import type { World } from './world.ts';

/** Where `elsewhere.*` wants passwords to be sent. */
const strangeRealm = 'https://login.example.net';

/** Serves the accounts part of the contract from an imagined world. */
export function accountHandlers(world: World): Handlers['accounts'] {
  const { accounts } = world;
  const keep = (store: World['store']) => {
    world.store = store;
    return store;
  };
  return {
    list: () => accounts.list(),
    login: async ({ address, username, password, tokenServer }, { signal }) => {
      await pause(200, signal);
      if (address.startsWith('elsewhere.') && tokenServer !== strangeRealm) {
        throw new RegentError('REALM_FOREIGN', { address, realm: strangeRealm });
      }
      if (serverAt(address).verdict !== 'trusted' && address.startsWith('untrusted.')) {
        throw new RegentError('CERT_UNTRUSTED', { address });
      }
      if (password !== rightPassword) {
        throw new RegentError('CREDENTIALS_REJECTED', { address, username });
      }
      return accounts.save(address, username);
    },
    logout: ({ address, username }) => ({ address, removed: accounts.remove(address, username) }),
    use: ({ address, username }) => accounts.use(address, username),
    check: async ({ address, username }) => {
      await pause(150);
      if (address.startsWith('closed.')) throw new RegentError('CONNECTION_REFUSED', { address });
      return accounts.check(address, username);
    },
    export: () => {
      throw new RegentError('SECRET_STAYS', {});
    },

    store: () => world.store,
    chooseStore: async (choice) => {
      await pause(150);
      return keep(chooseStore(world, choice));
    },
    unlockStore: async ({ passphrase }) => {
      await pause(150);
      return keep(unlockStore(world, passphrase));
    },
    lockStore: () => keep(lockStore(world)),

    found: async () => {
      await pause(80);
      return [...world.found];
    },
    import: async ({ ids }) => {
      await pause(150);
      return ids.map((id) => importLogin(world, id));
    },

    helperStatus: () => helperStatus(world),
    helperInstall: ({ addresses, asDefault }) => installHelper(world, addresses, asDefault),
    helperRepair: () => repairHelper(world),
    helperUninstall: () => uninstallHelper(world),
  };
}
