import { RegentError } from '../../../shared/errors/index.ts';
import { isLoopback } from '../../../shared/model/address.ts';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import { cleanText } from '../hostile-text.ts';

/** The token servers that a registry is known to use although they have another name. */
const KNOWN_REALM_HOSTS: Readonly<Record<string, string>> = {
  'registry-1.docker.io': 'auth.docker.io',
};

/** What decides whether a token server may be asked. */
export interface RealmRules {
  /** The registry as people call it. */
  readonly address: string;
  readonly registry: URL;
  /** Origins (`https://host[:port]`) that the user has accepted beside the registry's own. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Checks where a challenge wants tokens to be fetched, since a registry can name any server there: its own host
 * on any port; a host above it, which decides anyway who answers below its name (GitLab: `registry.gitlab.example.com`
 * and `gitlab.example.com`); or a host that was accepted. Over HTTPS; where the registry itself has nothing better,
 * also over HTTP, but then only on this machine or on the registry's own host, to which no login is sent over a network.
 * @throws RegentError `REALM_FOREIGN` for all others, `REGISTRY_RESPONSE_INVALID` for what is no URL
 */
export function checkRealm(realm: string, { address, registry, allowedOrigins }: RealmRules): URL {
  if (!URL.canParse(realm, registry.href)) {
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'realm' });
  }
  const url = new URL(realm, registry.href);
  const isOwn = url.hostname === registry.hostname || isAbove(url.hostname, registry.hostname);
  const isKnown = KNOWN_REALM_HOSTS[registry.hostname] === url.host;
  const isPlainRegistry = url.protocol === 'http:' && registry.protocol === 'http:';
  const isSafe = url.protocol === 'https:' || (isPlainRegistry && (isOwn || mayHaveSecrets(url)));
  const isAllowed = allowedOrigins.includes(url.origin);
  const isPlain = url.username === '' && url.password === '';
  if (isSafe && isPlain && (isOwn || isKnown || isAllowed)) return url;
  throw new RegentError('REALM_FOREIGN', { address, realm: cleanText(url.origin) });
}

/** Whether a password that is sent there can be read by nobody on the way: over TLS, or within this machine. */
export function mayHaveSecrets({ protocol, hostname }: URL): boolean {
  if (protocol !== 'http:') return protocol === 'https:';
  // Not every name that a URL can have is one that an address can have.
  return splitAddress(hostname) !== undefined && isLoopback(hostname);
}

/** Whether a name has the other one below it; a top-level domain is nobody's own. */
function isAbove(name: string, other: string): boolean {
  return name.includes('.') && !/^[\d.]+$/.test(name) && other.endsWith(`.${name}`);
}
