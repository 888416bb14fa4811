import type { ReadCertificate } from '../x509/read-certificate.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const ANY_USAGE = '2.5.29.37.0';

/** Whether a certificate may be used by clients (RFC 5280, 4.2.1.12); servers refuse others, most of them. */
export function isForClients({
  extendedKeyUsage = [],
}: Pick<ReadCertificate, 'extendedKeyUsage'>): boolean {
  const isFree = extendedKeyUsage.length === 0 || extendedKeyUsage.includes(ANY_USAGE);
  return isFree || extendedKeyUsage.includes(CLIENT_AUTH);
}
