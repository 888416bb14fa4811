import { isIpHost, parseAddress } from '../../../shared/model/address.ts';

/** The command with which a server's administrator makes a certificate that Docker can accept for this address. */
export function adminCommand(address: string): string {
  const parts = parseAddress(address);
  const kind = isIpHost(parts) ? 'IP' : 'DNS';
  return [
    'openssl req -x509 -newkey rsa:3072 -nodes -sha256 -days 397',
    '-keyout registry.key -out registry.crt',
    `-subj "/CN=${parts.host}" -addext "subjectAltName=${kind}:${parts.host}"`,
  ].join(' ');
}
