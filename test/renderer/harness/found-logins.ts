import { problem } from '../../../shared/errors/index.ts';
import type { FoundLogin, ImportedLogin } from '../../../shared/model/found-login.ts';
import type { Scenario } from './scenario.ts';
import type { World } from './world.ts';

const dockerConfig = { kind: 'docker-config', path: '/home/ada/.docker/config.json' } as const;
const podmanAuth = { kind: 'podman-auth', path: '/run/user/1000/containers/auth.json' } as const;

const plaintext: readonly FoundLogin[] = [
  {
    id: 'docker-config nas',
    ...{ address: 'nas.local:5000', key: 'nas.local:5000', username: 'ada' },
    ...{ origin: dockerConfig, risks: ['plaintext', 'others-can-read'] },
    ...{ isKnown: false, problem: null },
  },
  {
    id: 'docker-config hub',
    ...{ address: 'docker.io', key: 'https://index.docker.io/v1/', username: 'adalovelace' },
    ...{ origin: dockerConfig, risks: ['plaintext', 'hidden'], isKnown: false, problem: null },
  },
];

const others: readonly FoundLogin[] = [
  {
    id: 'podman-auth quay',
    ...{ address: 'quay.io', key: 'quay.io/team', username: 'team+puller' },
    ...{ origin: podmanAuth, risks: ['plaintext'], isKnown: false, problem: null },
  },
  {
    id: 'docker-helper lab',
    ...{ address: 'lab.corp', key: 'lab.corp', username: null },
    ...{ origin: { kind: 'docker-helper', helper: 'secretservice' } },
    ...{ risks: [], isKnown: false, problem: null },
  },
  {
    id: 'docker-helper gone',
    ...{ address: 'old.corp', key: 'old.corp', username: null },
    ...{ origin: { kind: 'docker-helper', helper: 'pass' } },
    risks: [],
    isKnown: false,
    problem: problem('OTHER_HELPER_ABSENT', { helper: 'pass' }),
  },
];

/** The logins of other programs that a scenario begins with. */
export function foundLoginsOf({ found }: Scenario): readonly FoundLogin[] {
  if (found === 'none') return [];
  return found === 'plaintext' ? plaintext : [...plaintext, ...others];
}

/** Takes a login over; that of podman is locked in this world and stays. */
export function importLogin(world: World, id: string): ImportedLogin {
  const login = world.found.find((one) => one.id === id);
  if (!login) throw new Error(`no such login: ${id}`);
  const { address } = login;
  const username = login.username ?? 'grace';
  if (login.origin.kind === 'podman-auth') {
    const failed = problem('FILE_FAILED', { path: login.origin.path, reason: 'EROFS' });
    return { id, address, username, imported: false, plaintextRemoved: false, problem: failed };
  }
  world.accounts.save(address, username, { workedAt: null });
  world.found = world.found.filter((one) => one.id !== id);
  const plaintextRemoved = login.risks.includes('plaintext');
  return { id, address, username, imported: true, plaintextRemoved, problem: null };
}
