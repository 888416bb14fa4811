import type { Settings } from '../../../shared/contract/settings.ts';
import type { Account, HelperStatus } from '../../../shared/model/account.ts';
import type { Registry } from '../../../shared/model/registry.ts';
import type { Mess, TrustEntry, TrustPlan } from '../../../shared/model/trust.ts';
import type { Scenario } from './scenario.ts';
import { TaskBoard } from './task-board.ts';
import { type PlanInput, trustEntry } from './trust.ts';

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
  /** What was asked to be planned, in that order. */
  readonly planned: PlanInput[];
  messes: readonly Mess[];
  /** What the person picks in the system's dialog. */
  readonly files: Readonly<
    Record<'authority' | 'client-certificate' | 'client-key', string | null>
  >;
  /** What was copied last; the tests read it. */
  copied: string;
}

/** Times in the harness. */
export const someTime = '2026-11-20T09:30:00.000Z';

const messes: readonly Mess[] = [
  {
    id: 'mess-1',
    address: 'nas.local:5000',
    consumer: 'docker-engine',
    kind: 'misnamed',
    path: '/etc/docker/certs.d/nas.local:5000/ca.pem',
    mendable: true,
  },
  {
    id: 'mess-2',
    address: 'old.local:5000',
    consumer: 'podman',
    kind: 'dangling',
    path: '/etc/containers/certs.d/old.local:5000/ca.crt',
    mendable: false,
  },
];

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
    planned: [],
    messes: scenario.messes ? messes : [],
    files: {
      authority: scenario.file,
      'client-certificate': '/home/ada/ada.crt',
      'client-key': '/home/ada/ada.key',
    },
    copied: '',
  };
  for (const address of scenario.registries) {
    world.registries.set(address, { address, scheme: 'https', addedAt: someTime, demo: false });
    if (address.startsWith('untrusted.')) continue;
    const kind = address.startsWith('plain.') ? 'insecure' : 'ca';
    world.trusts.set(address, trustEntry(address, kind, ['regent', 'docker-engine'], someTime));
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
