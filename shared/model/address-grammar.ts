/** The parts of a registry's address. `host` has no brackets; `port` is undefined when none was typed. */
export interface AddressParts {
  readonly host: string;
  readonly port: number | undefined;
  readonly isIpv6: boolean;
}

const DNS_LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
const IPV6 = /^[0-9A-Fa-f:]{2,45}$/;

/**
 * Reads `host[:port]`; undefined when the text is none. Stricter than Docker on purpose, since the address
 * becomes the name of a folder: letters, digits, dots and inner hyphens, or a bracketed IPv6 address without
 * zone; port 1 to 65535. This file imports nothing, because the step that runs as root needs it too.
 */
export function splitAddress(input: string): AddressParts | undefined {
  if (input.length > 260) return undefined;
  const bracketed = /^\[([^\]]*)\](?::([0-9]+))?$/.exec(input);
  const plain = /^([^:[\]]+)(?::([0-9]+))?$/.exec(input);
  const host = bracketed?.[1] ?? plain?.[1];
  if (host === undefined) return undefined;
  const port = readPort(bracketed?.[2] ?? plain?.[2]);
  if (port === null) return undefined;
  const isIpv6 = bracketed !== null;
  return (isIpv6 ? isIpv6Literal(host) : isHostName(host)) ? { host, port, isIpv6 } : undefined;
}

function readPort(digits: string | undefined): number | undefined | null {
  if (digits === undefined) return undefined;
  if (digits.length > 5 || digits.startsWith('0')) return null;
  const port = Number(digits);
  return port >= 1 && port <= 65535 ? port : null;
}

function isHostName(host: string): boolean {
  return (
    host.length <= 253 &&
    host.split('.').every((label) => label.length <= 63 && DNS_LABEL.test(label))
  );
}

function isIpv6Literal(host: string): boolean {
  return IPV6.test(host) && URL.canParse(`http://[${host}]/`);
}
