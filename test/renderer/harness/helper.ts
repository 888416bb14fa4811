import { problem } from '../../../shared/errors/index.ts';
import type { HelperStatus, LoginReach } from '../../../shared/model/helper-status.ts';
import type { AccountBook } from './accounts.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

const path = '/home/ada/.local/bin/docker-credential-regent';
const configPath = '/home/ada/.docker/config.json';

/** What the imagined helper remembers; the rest of its status follows from the accounts. */
export type HelperState = Omit<HelperStatus, 'reach' | 'path' | 'configPath'>;

/** The helper that a scenario begins with; a broken one is named in config.json and gone from the disk. */
export function helperOf({ helper }: Scenario, accounts: AccountBook): HelperState {
  const installed = helper === 'installed' || helper === 'taken';
  const state: HelperState = {
    installed,
    ...{ routes: installed ? accounts.addresses() : [], isDefault: false, others: [] },
    ...{ problems: [], repairs: [] },
  };
  if (helper === 'taken') {
    const [first = '', ...routes] = state.routes;
    const taken = problem('HELPER_ROUTE_TAKEN', { address: first, helper: 'secretservice' });
    return { ...state, routes, problems: [taken] };
  }
  if (helper !== 'broken') return state;
  return {
    ...state,
    routes: ['nas.local:5000'],
    problems: [problem('HELPER_MISSING', { path })],
    repairs: [
      { kind: 'put-helper', path },
      {
        ...{ kind: 'change-route', path: configPath, key: 'old.corp:5000' },
        ...{ from: 'pass', to: 'none' },
      },
      { kind: 'drop-default', path: configPath, from: 'desktop' },
    ],
  };
}

/** What the window is told about the helper. */
export function helperStatus({ helper, accounts, scenario }: World): HelperStatus {
  const finds = (address: string): LoginReach['finds'] => {
    const isAsked = helper.routes.includes(address) || helper.isDefault;
    if (isAsked && helper.installed) return 'regent';
    return scenario.helper === 'taken' ? 'other-helper' : 'nothing';
  };
  const reach = accounts.addresses().flatMap((address): readonly LoginReach[] => {
    const found = finds(address);
    const other = found === 'other-helper' ? 'secretservice' : null;
    return [
      { address, program: 'docker', finds: found, helper: other },
      {
        address,
        program: 'podman',
        finds: found === 'regent' ? 'regent' : 'nothing',
        helper: null,
      },
    ];
  });
  return { ...helper, path: helper.installed ? path : null, configPath, reach };
}

/** Installs it and routes registries to it. */
export function installHelper(
  world: World,
  addresses: readonly string[] = world.accounts.addresses(),
  asDefault = world.helper.isDefault,
): HelperStatus {
  world.helper = {
    ...{ installed: true, isDefault: asDefault, problems: [], repairs: [] },
    ...{ others: world.helper.others },
    routes: [...new Set([...world.helper.routes, ...addresses])],
  };
  return helperStatus(world);
}

/** Does the repairs that it named. */
export function repairHelper(world: World): HelperStatus {
  world.helper = { ...world.helper, installed: true, problems: [], repairs: [] };
  return helperStatus(world);
}

/** Takes it away with all its routes. */
export function uninstallHelper(world: World): HelperStatus {
  world.helper = {
    ...{ installed: false, isDefault: false, others: [], routes: [], problems: [], repairs: [] },
  };
  return helperStatus(world);
}
