/** The name of podman's drop-in for one registry, the same as on this machine; podman reads every `*.conf`. */
export function registriesConfName(address: string): string {
  return `regent-${address.replaceAll(/[^A-Za-z0-9.-]/g, '-')}.conf`;
}
