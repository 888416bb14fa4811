import { DOCKER_HUB, isDockerHub } from '../../shared/model/docker-hub.ts';

const HUB_URL = 'https://index.docker.io';

/** What docker and its helpers call Docker Hub, everywhere. */
const HUB_KEY = `${HUB_URL}/v1/`;

/** The device login of `docker login` keeps its own tokens beside the account of Docker Hub. */
const HUB_TOKEN_PATHS = new Set(['/v1/access-token', '/v1/refresh-token']);

/**
 * Brings every form of a server that clients send to the one under which its login is kept: `host[:port]` in lower
 * case without scheme, user, path and `:443`; Docker Hub by its URL, and its two token keys by theirs. What is no
 * such thing stays as it is. Plain `http://host:80` keeps its port, because without it the name means port 443.
 */
export function serverKey(server: string): string {
  const text = server.trim();
  const parts = splitServer(text);
  if (!parts) return text;
  const { host, path } = parts;
  const bare = host.replace(/:443$/, '');
  if (isDockerHub(bare)) {
    return HUB_TOKEN_PATHS.has(path) ? `${HUB_URL}${path}` : HUB_KEY;
  }
  return bare || text;
}

/** `host` in lower case, with its port; undefined for what is no server. */
function splitServer(text: string): { readonly host: string; readonly path: string } | undefined {
  const match = /^(?:https?:\/\/)?([^/?#\s]+)(\/[^?#\s]*)?(?:[?#]\S*)?$/i.exec(text);
  if (!match) return undefined;
  const [, authority = '', path = ''] = match;
  return { host: authority.slice(authority.lastIndexOf('@') + 1).toLowerCase(), path };
}

/**
 * Under which key docker looks in `credHelpers` for a registry: the address as it stands in image names, or the URL
 * of Docker Hub; undefined for a key that is no registry (docker/cli: cli/config/configfile/file.go).
 */
export function dockerConfigKey(address: string): string | undefined {
  const key = serverKey(address);
  if (key === HUB_KEY) return HUB_KEY;
  return /^[^/\s@]+$/.test(address) && key !== '' ? address : undefined;
}

/**
 * How people write a registry, from any form of its name: `docker.io`, or `host[:port]` in lower case, with the port
 * as it was given, because docker tells `host:443` from `host`. Docker's own token keys stay as they are.
 */
export function shownAddress(server: string): string {
  const key = serverKey(server);
  if (key === HUB_KEY) return DOCKER_HUB;
  return hubOfToken(key) ? key : splitServer(server.trim())?.host || key;
}

/** The registry to which one of docker's token keys belongs; undefined for what is no token key. */
export function hubOfToken(key: string): string | undefined {
  return key.startsWith(HUB_URL) && HUB_TOKEN_PATHS.has(key.slice(HUB_URL.length))
    ? HUB_KEY
    : undefined;
}

/**
 * The name of a login's item in the keychain. The key and the user are told apart by the first space; what would
 * break that, or end a C string, is written as in a URL.
 */
export function itemName(key: string, username: string): string {
  return `${key.replace(/[%\s\0]/g, encodeURIComponent)} ${username.replace(/[%\0]/g, encodeURIComponent)}`;
}
