import type { Settings } from '../../../shared/contract/settings.ts';
import type { FoundLogin } from '../../../shared/model/found-login.ts';
import type { Marks } from '../../../shared/model/marks.ts';
import type { Registry } from '../../../shared/model/registry.ts';
import type { SecretStoreStatus } from '../../../shared/model/secret-store.ts';
import type { Mess, TrustEntry, TrustPlan } from '../../../shared/model/trust.ts';
import { type AccountBook, accountsOf } from './accounts.ts';
import { foundLoginsOf } from './found-logins.ts';
import { type HelperState, helperOf } from './helper.ts';
import type { Scenario } from './scenario.ts';
import { rightPassphrase, storeOf } from './store.ts';
import { TaskBoard } from './task-board.ts';
import { type PlanInput, trustEntry } from './trust.ts';

/** The address of the demo registry in the harness. */
export const demoAddress = '127.0.0.1:40123';

/** Everything that the imagined main process remembers. */
export interface World {
  readonly scenario: Scenario;
  settings: Settings;
  helper: HelperState;
  store: SecretStoreStatus;
  passphrase: string;
  /** Logins of other programs. */
  found: readonly FoundLogin[];
  declinesLeft: number;
  readonly registries: Map<string, Registry>;
  readonly accounts: AccountBook;
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
  /** What was opened, the latest first. */
  recents: Marks['recents'];
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
  const accounts = accountsOf(scenario);
  const store = storeOf(scenario);
  accounts.moveTo(store.kind);
  const world: World = {
    scenario,
    settings: { theme: scenario.theme, language: scenario.locale },
    helper: helperOf(scenario, accounts),
    store,
    passphrase: rightPassphrase,
    found: foundLoginsOf(scenario),
    declinesLeft: scenario.declines ? 1 : 0,
    registries: new Map(),
    accounts,
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
    recents: [],
    copied: '',
  };
  for (const address of scenario.registries) {
    world.registries.set(address, { address, scheme: 'https', addedAt: someTime, demo: false });
    if (address.startsWith('untrusted.')) continue;
    const kind = address.startsWith('plain.') ? 'insecure' : 'ca';
    world.trusts.set(address, trustEntry(address, kind, ['regent', 'docker-engine'], someTime));
  }
  return world;
}
