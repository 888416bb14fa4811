import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { certificateFileName } from '../certificate-file.ts';
import { certificateFile } from './certs-folder.ts';
import type { Consumer } from './target.ts';

const SECURITY = '/usr/bin/security';

/**
 * The user's own trust on macOS (security(1)). It asks for the user's password in a window of its own, so it is
 * never run as root: there it would be refused for want of a window.
 */
export const systemMacos: Consumer = {
  id: 'system',
  scope: 'user',
  find: async ({ places, exists }) =>
    places.platform === 'darwin' && (await exists(SECURITY))
      ? { evidence: SECURITY, place: join(places.home, 'Library/Keychains/login.keychain-db') }
      : undefined,
  operations: ({ certificates }, { home, data }) => {
    const keychain = join(home, 'Library', 'Keychains', 'login.keychain-db');
    const folder = join(data, 'system');
    return certificates.flatMap((certificate) => {
      const path = join(folder, certificateFileName(certificate.sha256, 'pem'));
      const add = ['add-trusted-cert', '-r', 'trustRoot', '-p', 'ssl', '-k', keychain, path];
      // By its very bytes: a subject or serial number could name somebody else's.
      const sha1 = new X509Certificate(certificate.pem).fingerprint.replaceAll(':', '');
      const remove = ['delete-certificate', '-Z', sha1, '-t', keychain];
      return [
        { ...certificateFile(path, certificate, [data, folder]), folderMode: 0o700 },
        { kind: 'run' as const, argv: [SECURITY, ...add], back: [SECURITY, ...remove] },
      ];
    });
  },
  notes: async () => [{ code: 'every-server', facts: {} }],
};
