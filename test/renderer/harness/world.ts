import type { Settings } from '../../../shared/contract/settings.ts';
import type { Account, HelperStatus } from '../../../shared/model/account.ts';
import type { Registry } from '../../../shared/model/registry.ts';
import type { TrustEntry, TrustPlan } from '../../../shared/model/trust.ts';
import type { Scenario } from './scenario.ts';
import { TaskBoard } from './task-board.ts';
import { trustEntry } from './trust.ts';

/** The address of the demo registry in the harness. */
export const demoAddress = '127.0.0.1:40123';

/** Everything that the imagined main process remembers. */
export interface World {
  readonly scenario: Scenario;
  settings: Settings;
  helper: HelperStatus;
  declinesLeft: number;
  readonly registries: Map<string, Registry>;
  readonly accounts: Map<string, Account>;
  readonly trusts: Map<string, TrustEntry>;
  readonly plans: Map<string, TrustPlan>;
  readonly tasks: TaskBoard;
  /** What was copied last; the tests read it. */
  copied: string;
}

/** Times in the harness. */
export const someTime = '2026-11-20T09:30:00.000Z';

/** Makes the world of a scenario. */
export function createWorld(scenario: Scenario): World {
  const world: World = {
    scenario,
    settings: { theme: scenario.theme, language: scenario.locale },
    helper: {
      installed: scenario.helper === 'installed',
      path:
        scenario.helper === 'installed' ? '/home/ada/.local/bin/docker-credential-regent' : null,
      configPath: '/home/ada/.docker/config.json',
      routes: scenario.helper === 'installed' ? [...scenario.registries] : [],
      problems: [],
    },
    declinesLeft: scenario.declines ? 1 : 0,
    registries: new Map(),
    accounts: new Map(),
    trusts: new Map(),
    plans: new Map(),
    tasks: new TaskBoard(),
    copied: '',
  };
  for (const address of scenario.registries) {
    world.registries.set(address, { address, scheme: 'https', addedAt: someTime, demo: false });
    if (address.startsWith('untrusted.')) continue;
    world.trusts.set(address, trustEntry(address, 'ca', someTime));
    if (!address.startsWith('signedout.')) {
      world.accounts.set(address, accountFor(address, 'ada'));
    }
  }
  return world;
}

/** An account in the imagined keychain. */
export function accountFor(address: string, username: string): Account {
  return { address, username, source: 'keychain', updatedAt: someTime };
}
