import { formatIp } from '../x509/ip.ts';
import type { IpRange } from '../x509/name-constraints.ts';
import { type Mailbox, parseMailbox } from './mailbox.ts';

// What the subtrees of name constraints cover (RFC 5280, 4.2.1.10, as Go reads it).

/** Whether a domain covers this name: a leading dot asks for at least one label more; nothing at all covers everything. */
export const isDomainIn =
  (name: string) =>
  (domain: string): boolean => {
    if (domain === '') return true;
    const [whole, end] = [`.${name.toLowerCase()}`, domain.toLowerCase()];
    return end.startsWith('.') ? whole.slice(1).endsWith(end) : whole.endsWith(`.${end}`);
  };

/** Whether this name is a wildcard that stands, among others, for the domain. */
export const wildcardMeets =
  (name: string) =>
  (domain: string): boolean => {
    const parent = (text: string) => (text.includes('.') ? text.slice(text.indexOf('.')) : '');
    const above = parent(domain.toLowerCase());
    return name.startsWith('*') && above !== '' && above === parent(name.toLowerCase());
  };

/** Whether a range covers this address of 4 or 16 bytes. */
export const isIpIn =
  (ip: Uint8Array) =>
  ({ address, mask }: IpRange): boolean =>
    ip.length === address.length &&
    ip.every((byte, i) => (byte & (mask[i] ?? 0)) === ((address[i] ?? 0) & (mask[i] ?? 0)));

/** Writes a range as Go does. */
export function rangeText({ address, mask }: IpRange): string {
  const network = address.map((byte, i) => byte & (mask[i] ?? 0));
  const bits = [...mask].map((octet) => octet.toString(2).padStart(8, '0')).join('');
  return `${formatIp(network)}/${bits.replace(/0+$/, '').length}`;
}

/** Whether a constraint covers this mailbox: it is a whole address, or a domain. */
export const isMailboxIn =
  (mailbox: Mailbox | undefined) =>
  (constraint: string): boolean => {
    if (!mailbox) return false;
    if (!constraint.includes('@')) return isDomainIn(mailbox.domain)(constraint);
    const whole = parseMailbox(constraint);
    return whole?.local === mailbox.local && whole.domain === mailbox.domain;
  };
