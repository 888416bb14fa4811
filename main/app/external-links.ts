/** The sites that Regent's own texts point to. */
const hosts: ReadonlySet<string> = new Set(['docs.docker.com', 'distribution.github.io']);

/** Whether a link may be handed to the user's browser: https, a known host, nothing odd in the address. */
export function isExternalLinkAllowed(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, host, username, password } = new URL(address);
  return protocol === 'https:' && hosts.has(host) && username === '' && password === '';
}
