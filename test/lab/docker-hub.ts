import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueAuthority, issueServer } from './certificates.ts';
import { type LabHost, takeSpareHost } from './hosts.ts';
import { requireLab } from './lab-missing.ts';
import { inLabNetwork } from './lab-network.ts';
import { portAnswers } from './port-answers.ts';
import { labFolder, startDaemon } from './processes.ts';
import { startRegistry } from './registry.ts';
import { seedImages } from './seed-images.ts';
import { systemStore } from './system-store.ts';

/** One request of a sign-in in the browser. */
export interface HubRequest {
  readonly host: string;
  readonly path: string;
  /** Whether it came with the access token that was handed out before. */
  readonly isBearer: boolean;
  /** Whether it named the refresh token that was handed out before. */
  readonly isRefresh: boolean;
}

/** What stands at the addresses of Docker Hub in the sandbox, which every program there trusts. */
export interface LabDockerHub {
  /** The only user, and what lets it in, as a password or as the access token that a sign-in in the browser makes. */
  readonly username: string;
  readonly password: string;
  /** What such a sign-in hands out besides, of real sizes. */
  readonly accessToken: string;
  readonly refreshToken: string;
  /** Which user an image of it was last served to, and how often; `-` is nobody. */
  served(): readonly string[];
  /** What login.docker.com and hub.docker.com were asked, oldest first. */
  asked(): readonly HubRequest[];
  /** Ends it; its addresses are nobody's again. */
  stop(): Promise<void>;
}

const registryNames = ['registry-1.docker.io', 'index.docker.io', 'docker.io'];
const signInNames = ['login.docker.com', 'hub.docker.com'];
const hostsPath = '/etc/hosts';

/** A token of the form that docker reads without asking who signed it, as long as real ones are. */
function webToken(username: string): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = {
    ...{ iss: 'https://login.docker.com/', sub: 'lab', aud: ['https://hub.docker.com'] },
    'https://hub.docker.com': { uuid: 'lab', email: 'lab@example.test', username },
    ...{ scope: 'openid offline_access', filling: randomBytes(2000).toString('hex') },
  };
  const signature = randomBytes(256).toString('base64url');
  return `${part({ alg: 'RS256', typ: 'JWT', kid: 'lab' })}.${part(claims)}.${signature}`;
}

/**
 * Stands in for Docker Hub: a registry that serves `team/hello` and the other seeded images to its one user, and the
 * sign-in in the browser. Go programs read names again every five seconds only, and authorities once: start engines
 * afterwards. @throws LabMissing
 */
export async function startDockerHub(): Promise<LabDockerHub> {
  requireLab('registry', 'nginx', 'system-store');
  const [host, signInHost] = [takeSpareHost(), takeSpareHost()];
  const authority = issueAuthority();
  const certificate = issueServer(authority, { names: [host.name, ...registryNames] });
  const registry = await startRegistry('nginx-login', { host, authority, certificate });
  await seedImages(registry);
  const { username, password } = registry;
  const tokens = {
    accessToken: webToken(username),
    refreshToken: `v1.${randomBytes(32).toString('base64url')}`,
  };
  const folder = join(labFolder, 'docker-hub', host.name);
  mkdirSync(folder, { recursive: true });
  const tls = issueServer(authority, { names: signInNames });
  const setup = { ip: signInHost.ip, tls, username, password, ...tokens };
  const setupPath = join(folder, 'setup.json');
  writeFileSync(setupPath, JSON.stringify(setup), { mode: 0o600 });
  const script = fileURLToPath(new URL('docker-hub-sign-in.mjs', import.meta.url));
  const signIn = await startDaemon(
    `docker-hub-${host.name}`,
    inLabNetwork([process.execPath, script, setupPath]),
    { ready: () => portAnswers(`${signInHost.ip}:443`) },
  );
  const store = systemStore();
  await store.add('docker-hub', authority.certPem);
  const hosts = readFileSync(hostsPath, 'utf8');
  const row = ({ ip }: LabHost, names: readonly string[]) => `${ip} ${names.join(' ')}\n`;
  writeFileSync(hostsPath, hosts + row(host, registryNames) + row(signInHost, signInNames));
  return {
    ...{ username, password, ...tokens },
    served: () =>
      readFileSync(join(registry.storagePath, '..', 'nginx-access.log'), 'utf8')
        .split('\n')
        .flatMap((line) => /- (\S+) \[.*\/manifests\/.*" 200 /.exec(line)?.[1] ?? []),
    asked: () =>
      readFileSync(signIn.logPath, 'utf8')
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as HubRequest),
    stop: async () => {
      writeFileSync(hostsPath, hosts);
      await store.remove('docker-hub');
      await signIn.stop();
      await registry.stop();
    },
  };
}
