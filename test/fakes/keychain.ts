import {
  type Keychain,
  type KeychainOptions,
  openKeychain,
} from '../../main/accounts/secrets/keychain.ts';
import type { KeyringState } from '../../main/accounts/secrets/keyring-state.ts';
import type { Vault } from '../../main/accounts/secrets/vault.ts';

/** A keychain in memory that behaves as keytar was seen to: a locked one does not say that it is. */
export interface FakeKeychain {
  readonly keychain: Keychain;
  /** What it holds: item name to text. */
  readonly items: Map<string, string>;
  /** The operations so far, such as `set h:1 ada`. */
  readonly calls: string[];
  /** `absent`: there is no session bus. */
  state: KeyringState;
  /** Called before each operation; may throw, or wait for ever. */
  before: (call: string) => Promise<void> | void;
}

/** Makes an empty, unlocked keychain of a Linux system. */
export function fakeKeychain(options: Partial<KeychainOptions> = {}): FakeKeychain {
  const items = new Map<string, string>();
  const calls: string[] = [];
  const enter = async (call: string) => {
    calls.push(call);
    await fake.before(call);
    if (fake.state === 'absent') throw new Error('Cannot autolaunch D-Bus without X11 $DISPLAY');
  };
  const vault: Vault = {
    getPassword: async (_, name) => {
      await enter(`get ${name}`);
      return fake.state === 'locked' ? null : (items.get(name) ?? null);
    },
    setPassword: async (_, name, text) => {
      await enter(`set ${name}`);
      if (text === '') throw new Error('Password is required.');
      if (fake.state === 'locked') throw new Error('Cannot create an item in a locked collection');
      items.set(name, text);
    },
    deletePassword: async (_, name) => {
      await enter(`delete ${name}`);
      return fake.state === 'locked' ? false : items.delete(name);
    },
  };
  const fake: FakeKeychain = {
    keychain: openKeychain({
      platform: 'linux',
      loadVault: async () => vault,
      readState: async () => fake.state,
      ...options,
    }),
    items,
    calls,
    state: 'unlocked',
    before: () => undefined,
  };
  return fake;
}
