import { RegentError } from '../../shared/errors/index.ts';
import type { TrustEntry } from '../../shared/model/trust.ts';
import type { TrustToExport } from './export/subject.ts';

/**
 * What there is to take to other machines: every certificate that is trusted for an address. Client certificates
 * stay, because their keys do.
 * @throws RegentError `TRUST_NOT_FOUND`
 */
export function trustToExport(address: string, entries: readonly TrustEntry[]): TrustToExport {
  const certificates = entries.flatMap(({ kind, certificate }) =>
    certificate && (kind === 'ca' || kind === 'leaf')
      ? [{ pem: certificate.pem, sha256: certificate.sha256, kind } as const]
      : [],
  );
  const insecure = entries.some(({ kind }) => kind === 'insecure');
  if (certificates.length === 0 && !insecure) {
    throw new RegentError('TRUST_NOT_FOUND', { address });
  }
  return { address, certificates, insecure: insecure && certificates.length === 0 };
}
