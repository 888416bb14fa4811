/** The sites that Regent's own texts point to. */
const hosts: ReadonlySet<string> = new Set([
  'docs.docker.com',
  'distribution.github.io',
  // Where tokens for the known registries are made or explained.
  'app.docker.com',
  'github.com',
  'gitlab.com',
  'docs.quay.io',
  'docs.aws.amazon.com',
  'cloud.google.com',
  'learn.microsoft.com',
]);

/**
 * Whether a link may be handed to the user's browser: https, a known host, nothing odd in the address. The window shows
 * any other as text to copy.
 */
export function isOutsideLinkAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'https:' && hosts.has(host) && username === '' && password === '';
}
