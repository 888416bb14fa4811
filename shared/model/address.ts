import * as z from 'zod';
import { RegentError } from '../errors/index.ts';
import { type AddressParts, splitAddress } from './address-grammar.ts';

export type { AddressParts };

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
function isAddress(input: string): boolean {
  return splitAddress(input) !== undefined;
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
