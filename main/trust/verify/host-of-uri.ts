import { isIP } from 'node:net';

const AUTHORITY = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/(?:[^/?#@]*@)?([^/?#]*)/;

/**
 * The host of a URI in lower case, without a port; or Go's words when it has none that name constraints can be
 * held against, as RFC 5280, 4.2.1.10 asks.
 */
export function hostOfUri(uri: string): string | { readonly fault: string } {
  const authority = AUTHORITY.exec(uri)?.[1] ?? '';
  const refuse = (what: string) => ({
    fault: `URI with ${what} (${JSON.stringify(uri)}) cannot be matched against constraints`,
  });
  if (authority === '') return refuse('empty host');
  const host = authority.replace(/:\d*$/, '').toLowerCase();
  return host.startsWith('[') || isIP(host) !== 0 ? refuse('IP') : host;
}
