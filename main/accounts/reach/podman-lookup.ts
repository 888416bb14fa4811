import { DOCKER_HUB, isDockerHub } from '../../../shared/model/docker-hub.ts';
import type { ConfigText } from '../docker-config/config-text.ts';
import { serverKey } from '../server-key.ts';
import { hostOf, isLogin, type Lookup } from './docker-lookup.ts';

const HUB_KEY = serverKey(DOCKER_HUB);

/** A file in which podman, skopeo and buildah look for logins. */
export interface PodmanFile {
  readonly path: string;
  readonly config: ConfigText;
}

/**
 * Where podman, skopeo and buildah look: file after file, in each one `credHelpers`, then the plain entries; no
 * `credsStore` (container-libs: image/pkg/docker/config/config.go). Entries for a namespace (`host/team`) are left out.
 * @param key as they name the registry: the address of image names, `docker.io` for Docker Hub
 */
export function podmanLookup(files: readonly PodmanFile[], key: string): Lookup {
  for (const { config } of files) {
    const helper = config.routes.get(key);
    // Even an empty name: podman then tries to run a helper without one.
    if (helper !== undefined) return { kind: 'helper', helper };
    if (plainEntryOf(config, key) !== undefined) return { kind: 'plaintext' };
  }
  return { kind: 'nothing' };
}

/** The key of the plain entry that podman would use for a registry. */
export function plainEntryOf(config: ConfigText, key: string): string | undefined {
  const entry = config.auths.has(key)
    ? key
    : [...config.auths.keys()].findLast((other) => normalHost(other) === normalHost(key));
  return entry !== undefined && isLogin(config, entry) ? entry : undefined;
}

/**
 * Whether podman's own file holds a login for a part of a registry (`host/team`): with a route for the whole of it,
 * podman would no longer look at that login.
 */
export function hidesPartOf(
  { login, files }: { readonly login: string | null; readonly files: readonly PodmanFile[] },
  key: string,
): boolean {
  const own = files.find(({ path }) => path === login)?.config;
  if (own === undefined) return false;
  return [...own.auths.keys()].some((other) => other.startsWith(`${key}/`) && isLogin(own, other));
}

/** What podman calls a registry of which Regent has a login; undefined for a key that is no registry. */
export function podmanKey(address: string): string | undefined {
  if (serverKey(address) === HUB_KEY) return DOCKER_HUB;
  return /^[^/\s@]+$/.test(address) ? address : undefined;
}

function normalHost(key: string): string {
  const host = hostOf(key);
  return isDockerHub(host) ? DOCKER_HUB : host;
}
