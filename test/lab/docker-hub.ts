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
import { readRequests } from './read-requests.ts';
import { startRegistry } from './registry.ts';
import { type SeededImages, seedImages } from './seed-images.ts';
import { systemStore } from './system-store.ts';

/** One request of a sign-in in the browser, or to the web API. */
export interface HubRequest {
  readonly host: string;
  readonly path: string;
  /** With its question mark. */
  readonly query: string;
  /** Whether it came with the access token that was handed out before. */
  readonly isBearer: boolean;
  /** Whether it named the refresh token that was handed out before. */
  readonly isRefresh: boolean;
  /** Whether it came with a token that the web API has made. */
  readonly isSignedIn: boolean;
}

/** What stands at the addresses of Docker Hub in the sandbox, which every program there trusts. */
export interface LabDockerHub {
  /** The only user, and what lets it in, as a password or as the access token that a sign-in in the browser makes. */
  readonly username: string;
  readonly password: string;
  /** What such a sign-in hands out besides, of real sizes. */
  readonly accessToken: string;
  readonly refreshToken: string;
  /** What the registry holds; the web API tells of it, too, and of repositories that nothing else has. */
  readonly images: SeededImages;
  /** How many repositories the web API has under the name of the user, half of them private. */
  readonly ownRepositories: number;
  /** How often a manifest was fetched, which is a pull to Hub; a HEAD is none. */
  pulls(): number;
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

const OWN = 150;
const PUSHED = '2026-11-20T08:00:00.000000Z';

/** What the web API tells of: the registry's images, many small repositories of the user, and official ones. */
function hubContent(username: string, images: SeededImages) {
  const tagsOf = (wanted: string) =>
    Object.values(images)
      .filter(({ repository }) => repository === wanted)
      .map(({ tag, digest, mediaType, size, platforms }) => ({
        ...{ name: tag, digest, media_type: mediaType, full_size: size, content_type: 'image' },
        ...{ tag_status: 'active', tag_last_pushed: PUSHED, last_updated: PUSHED, v2: true },
        images: platforms.map((platform) => {
          const [os, architecture] = platform.split('/');
          return { os, architecture, variant: null, size, status: 'active', last_pushed: PUSHED };
        }),
      }));
  const repository = (name: string, description = '', isPrivate = false) => ({
    ...{ name, description, isPrivate },
  });
  const own = Array.from({ length: OWN }, (_, at) => ({
    ...repository(`project-${String(at + 1).padStart(3, '0')}`, '', at % 2 === 1),
    tags: [],
  }));
  const official = ['alpine', 'nginx', 'postgres'].map((name) => ({
    ...repository(name, `Official build of ${name}. \u001b[31mred`),
    tags: [],
  }));
  const team = ['hello', 'multi', 'big'].map((name) => ({
    ...repository(name, `The team's ${name}`),
    tags: tagsOf(`team/${name}`),
  }));
  return {
    organisations: ['team'],
    namespaces: { [username]: own, library: official, team },
  };
}

/**
 * Stands in for Docker Hub: a registry that serves `team/hello` and the other seeded images to its one user, the
 * sign-in in the browser, and the web API. Go programs read names again every five seconds only, and authorities once: start engines
 * afterwards. @throws LabMissing
 */
export async function startDockerHub(): Promise<LabDockerHub> {
  requireLab('registry', 'nginx', 'system-store');
  const [host, signInHost] = [takeSpareHost(), takeSpareHost()];
  const authority = issueAuthority();
  const certificate = issueServer(authority, { names: [host.name, ...registryNames] });
  const registry = await startRegistry('nginx-login', { host, authority, certificate });
  const images = await seedImages(registry);
  const { username, password } = registry;
  const tokens = {
    accessToken: webToken(username),
    refreshToken: `v1.${randomBytes(32).toString('base64url')}`,
  };
  const folder = join(labFolder, 'docker-hub', host.name);
  mkdirSync(folder, { recursive: true });
  const tls = issueServer(authority, { names: signInNames });
  const setup = {
    ip: signInHost.ip,
    tls,
    username,
    password,
    ...tokens,
    ...hubContent(username, images),
  };
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
    ...{ username, password, ...tokens, images, ownRepositories: OWN },
    pulls: () =>
      readFileSync(join(registry.storagePath, '..', 'nginx-access.log'), 'utf8')
        .split('\n')
        .filter((line) => /"GET \S+\/manifests\/\S+ \S+" 200 /.test(line)).length,
    served: () =>
      readFileSync(join(registry.storagePath, '..', 'nginx-access.log'), 'utf8')
        .split('\n')
        .flatMap((line) => /- (\S+) \[.*\/manifests\/.*" 200 /.exec(line)?.[1] ?? []),
    asked: () => readRequests<HubRequest>(signIn.logPath),
    stop: async () => {
      writeFileSync(hostsPath, hosts);
      await store.remove('docker-hub');
      await signIn.stop();
      await registry.stop();
    },
  };
}
