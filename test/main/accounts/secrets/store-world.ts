import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Accounts, createAccounts } from '../../../../main/accounts/accounts.ts';
import {
  type AgentStarter,
  agentHere,
} from '../../../../main/accounts/secrets/agent/start-agent.ts';
import {
  type CreateSecretStoreOptions,
  createSecretStore,
} from '../../../../main/accounts/secrets/create-secret-store.ts';
import { openSecretStore } from '../../../../main/accounts/secrets/open-secret-store.ts';
import type { SecretStoreService } from '../../../../main/accounts/secrets/secret-store.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import { type FakeKeychain, fakeKeychain } from '../../../fakes/keychain.ts';

/** A user with an empty data folder, a keychain in memory, and everything else for real. */
export interface StoreWorld {
  readonly root: string;
  readonly data: string;
  readonly fake: FakeKeychain;
  readonly agent: AgentStarter;
  readonly accounts: Accounts;
  readonly store: SecretStoreService;
  /** Another process of the same user. */
  readonly again: (more?: Partial<CreateSecretStoreOptions>) => Omit<StoreWorld, 'again'>;
}

/** Makes one; passphrases cost next to nothing in it. */
export function makeStoreWorld(): StoreWorld {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'regent-store-')));
  const data = join(root, 'data');
  const fake = fakeKeychain();
  const open = (more: Partial<CreateSecretStoreOptions> = {}) => {
    const agent = agentHere();
    const options = {
      ...{ data, env: { XDG_RUNTIME_DIR: root }, keychain: fake.keychain, clock: systemClock },
      ...{ platform: 'linux' as const, agent, workFactor: 2, ...more },
    };
    const accounts = createAccounts({
      ...{ paths: { data }, clock: options.clock, keychain: openSecretStore(options) },
    });
    return { root, data, fake, agent, accounts, store: createSecretStore(options) };
  };
  return { ...open(), again: open };
}
