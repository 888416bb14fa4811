import type { HelperRepair } from '../../../shared/model/helper-status.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import { serverKey } from '../server-key.ts';
import { findPlaintext } from './find-plaintext.ts';
import { hidesPartOf } from './podman-lookup.ts';
import { filesOf, namesRegent, type SetUp } from './set-up.ts';

/** The exact changes that mend what is broken: nothing else is touched, and all of it can be taken back. */
export function findRepairs(setUp: SetUp, addresses: readonly string[]): readonly HelperRepair[] {
  const changes = [
    ...filesOf(setUp).flatMap(([path, config]) => routeRepairs(setUp, path, config, addresses)),
    ...defaultRepairs(setUp),
  ];
  const isPut = needsHelper(setUp, changes);
  return [
    ...(isPut ? [{ kind: 'put-helper' as const, path: setUp.helper.path }] : []),
    ...changes,
    ...(isPut || setUp.helper.kind === 'ready' ? podmanRepairs(setUp, addresses) : []),
  ];
}

/** Whether Regent's helper is where docker finds it, or can be put there. */
const canServe = ({ helper }: SetUp) => helper.kind !== 'foreign' && helper.kind !== 'off-path';

function routeRepairs(
  setUp: SetUp,
  path: string,
  config: ConfigText,
  addresses: readonly string[],
): readonly HelperRepair[] {
  const ours = new Set(canServe(setUp) ? addresses.map(serverKey) : []);
  return [...config.routes]
    .filter(([, helper]) => setUp.health.get(helper)?.kind === 'gone')
    .map(([key, from]) => {
      const to = ours.has(serverKey(key)) ? 'regent' : 'none';
      return { kind: 'change-route', path, key, from, to };
    });
}

function defaultRepairs({ configPath, docker, health }: SetUp): readonly HelperRepair[] {
  const from = docker?.credsStore;
  if (from === undefined || health.get(from)?.kind !== 'gone') return [];
  return [{ kind: 'drop-default', path: configPath, from }];
}

/** With a route in its own file, podman's next login goes to Regent, and its plain entry no longer counts. */
function podmanRepairs(setUp: SetUp, addresses: readonly string[]): readonly HelperRepair[] {
  const { podman } = setUp;
  if (podman === null) return [];
  return findPlaintext(setUp, addresses)
    .filter(({ path, isRouted }) => path === podman.login && !isRouted)
    .filter(({ key }) => !hidesPartOf(podman, key))
    .map(({ path, key }) => ({ kind: 'add-route', path, key }));
}

/**
 * A route to a helper that is not there breaks docker's commands, Regent's as much as another's; one that is there and
 * can't start is of no use to anybody.
 */
function needsHelper(setUp: SetUp, changes: readonly HelperRepair[]): boolean {
  if (setUp.helper.kind !== 'absent') return setUp.helper.kind === 'broken';
  const isNeeded = changes.some(
    (change) => change.kind === 'change-route' && change.to === 'regent',
  );
  return isNeeded || namesRegent(setUp);
}
