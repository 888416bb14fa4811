/** What docker and its helpers call Docker Hub, everywhere. */
const HUB_KEY = 'https://index.docker.io/v1/';

const HUB_HOSTS = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io']);

/** The device login of `docker login` keeps its own tokens beside the account of Docker Hub. */
const HUB_TOKEN_PATHS = new Set(['/v1/access-token', '/v1/refresh-token']);

/**
 * Brings every form of a server that clients send to the one under which its login is kept: `host[:port]` in lower
 * case without scheme, user, path and `:443`; Docker Hub by its URL, and its two token keys by theirs. What is no
 * such thing stays as it is. Plain `http://host:80` keeps its port, because without it the name means port 443.
 */
export function serverKey(server: string): string {
  const text = server.trim();
  const match = /^(https?:\/\/)?([^/?#\s]+)(\/[^?#\s]*)?(?:[?#]\S*)?$/i.exec(text);
  if (!match) return text;
  const [, scheme = '', authority = '', path = ''] = match;
  const host = authority.slice(authority.lastIndexOf('@') + 1).toLowerCase();
  const bare = scheme.toLowerCase() === 'http://' ? host : host.replace(/:443$/, '');
  if (HUB_HOSTS.has(bare)) {
    return HUB_TOKEN_PATHS.has(path) ? `https://index.docker.io${path}` : HUB_KEY;
  }
  return bare || text;
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
 * The name of a login's item in the keychain. The key and the user are told apart by the first space; what would
 * break that, or end a C string, is written as in a URL.
 */
export function itemName(key: string, username: string): string {
  return `${key.replace(/[%\s\0]/g, encodeURIComponent)} ${username.replace(/[%\0]/g, encodeURIComponent)}`;
}
