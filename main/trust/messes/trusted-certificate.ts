import { expectTag, readDer, readDerList, readObjectId, tags } from '../x509/der.ts';
import { type ReadCertificate, readCertificate } from '../x509/read-certificate.ts';

/** What may stand among the uses that OpenSSL trusts an authority for, so that it counts for servers. */
const FOR_SERVERS = ['1.3.6.1.5.5.7.3.1', '2.5.29.37.0'];

/**
 * The certificate in a block of OpenSSL's own form, `BEGIN TRUSTED CERTIFICATE`: it comes first, then the uses it is
 * trusted or rejected for (OpenSSL, x509_trust: CertAux). No program that reads registry trust knows that form.
 * @returns undefined where the second part does not allow it for servers without reserve, or is none
 */
export function openTrusted(bytes: Uint8Array): ReadCertificate | undefined {
  try {
    const { raw } = readDer(bytes);
    return isForServers(bytes.subarray(raw.length))
      ? readCertificate(new Uint8Array(raw))
      : undefined;
  } catch {
    return undefined;
  }
}

function isForServers(rest: Uint8Array): boolean {
  if (rest.length === 0) return true;
  const parts = readDerList(expectTag(readDer(rest), tags.sequence).body);
  const rejected = parts.some(({ tag }) => tag === 0xa0);
  const trusted = parts.find(({ tag }) => tag === tags.sequence);
  const uses = trusted && readDerList(trusted.body).map(readObjectId);
  return !rejected && (uses?.some((use) => FOR_SERVERS.includes(use)) ?? true);
}
