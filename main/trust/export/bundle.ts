import type { ExportedFile } from '../../../shared/model/trust.ts';
import type { TrustBundle } from '../../../shared/model/trust-bundle.ts';
import type { ExportSubject } from './subject.ts';

/** A bundle that another Regent reads. @param now milliseconds since 1970 */
export function exportBundle(subject: ExportSubject, now: number): readonly ExportedFile[] {
  const { address, slug, certificates, insecure } = subject;
  const kindOfCertificates = certificates.some(({ kind }) => kind === 'ca') ? 'ca' : 'leaf';
  const bundle: TrustBundle = {
    regent: 'trust-bundle',
    version: 1,
    address,
    kind: insecure ? 'insecure' : kindOfCertificates,
    certificates: insecure ? [] : certificates.map(({ sha256, pem }) => ({ sha256, pem })),
    createdAt: new Date(now).toISOString(),
  };
  const content = `${JSON.stringify(bundle, null, 2)}\n`;
  return [{ path: `${slug}.regent.json`, mode: '0644', content }];
}
