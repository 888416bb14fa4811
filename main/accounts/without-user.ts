/**
 * A server's name without the user and the password that a URL may carry before an `@` (RFC 3986, 3.2.1), to be shown
 * or written down.
 */
export function withoutUser(server: string): string {
  return server.replace(/^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*@/i, '$1');
}
