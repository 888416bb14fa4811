import type { ReadCertificate } from '../x509/read-certificate.ts';

const ANY = '2.5.29.37.0';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** Whether every certificate of the chain, the root too, may be used for servers (crypto/x509 checkChainForKeyUsage). */
export function isForServers(chain: readonly ReadCertificate[]): boolean {
  return chain.every(
    ({ extendedKeyUsage = [] }) =>
      extendedKeyUsage.length === 0 ||
      extendedKeyUsage.includes(ANY) ||
      extendedKeyUsage.includes(SERVER_AUTH),
  );
}
