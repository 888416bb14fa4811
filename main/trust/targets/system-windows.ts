import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { certificateFileName } from '../certificate-file.ts';
import { certificateFile } from './certs-folder.ts';
import type { Consumer } from './target.ts';

const CERTUTIL = 'C:\\Windows\\System32\\certutil.exe';

/** The user's own roots on Windows (certutil): no administrator is asked, Windows shows a question of its own. */
export const systemWindows: Consumer = {
  id: 'system',
  scope: 'user',
  find: async ({ places }) =>
    places.platform === 'win32'
      ? { evidence: CERTUTIL, place: 'Cert:\\CurrentUser\\Root' }
      : undefined,
  operations: ({ certificates }, { data }) => {
    const folder = join(data, 'system');
    return certificates.flatMap((certificate) => {
      const path = join(folder, certificateFileName(certificate.sha256, 'crt'));
      // By its thumbprint: a serial number alone could take somebody else's with it.
      const sha1 = new X509Certificate(certificate.pem).fingerprint.replaceAll(':', '');
      return [
        { ...certificateFile(path, certificate, [data, folder]), folderMode: 0o700 },
        {
          kind: 'run' as const,
          argv: [CERTUTIL, '-user', '-addstore', 'Root', path],
          back: [CERTUTIL, '-user', '-delstore', 'Root', sha1],
        },
      ];
    });
  },
  notes: async () => [{ code: 'every-server', facts: {} }],
};
