import * as z from 'zod';
import { RegentError } from '../errors/index.ts';

/** The parts of a registry's address. `host` has no brackets; `port` is undefined when none was typed. */
export interface AddressParts {
  readonly host: string;
  readonly port: number | undefined;
  readonly isIpv6: boolean;
}

const DNS_LABEL = /^[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?$/;
const IPV6 = /^[0-9A-Fa-f:]{2,45}$/;

/**
 * Reads `host[:port]`. Stricter than Docker on purpose, since the address becomes the name of a folder:
 * letters, digits, dots and inner hyphens, or a bracketed IPv6 address without zone; port 1 to 65535.
 * The text is kept as typed, because Docker looks for the folder as typed.
 * @throws RegentError `ADDRESS_INVALID`
 */
export function parseAddress(input: string): AddressParts {
  const parts = splitAddress(input);
  if (!parts) throw new RegentError('ADDRESS_INVALID', { input: input.slice(0, 200) });
  return parts;
}

/** Whether the text is an address, `host[:port]`. */
export function isAddress(input: string): boolean {
  return splitAddress(input) !== undefined;
}

function splitAddress(input: string): AddressParts | undefined {
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

/** Whether the host is an IP address, which TLS checks against other names than a DNS name. */
export function isIpHost(parts: AddressParts): boolean {
  return parts.isIpv6 || /^\d{1,3}(\.\d{1,3}){3}$/.test(parts.host);
}

/** Whether Docker treats the address as insecure by itself: 127.0.0.0/8, ::1 and `localhost`. */
export function isLoopback(address: string): boolean {
  const { host } = parseAddress(address);
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

/** An address, checked; it may become a folder's name. */
export const addressSchema = z.string().refine(isAddress, { message: 'not an address' });
