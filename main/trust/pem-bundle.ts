import { RegentError } from '../../shared/errors/index.ts';
import { findPemBlocks, holdsPrivateKey } from './x509/pem.ts';
import { type ReadCertificate, readCertificate } from './x509/read-certificate.ts';

/**
 * Reads the certificates of a file that somebody was given. Windows' line ends and a byte order mark do no harm.
 * @param path where the text came from, for the words
 * @throws RegentError `CA_FILE_INVALID` when there is none, one of them can't be read, or a private key is among them
 */
export function readPemBundle(text: string, path: string): readonly ReadCertificate[] {
  const invalid = (cause?: unknown) => new RegentError('CA_FILE_INVALID', { path }, cause);
  if (holdsPrivateKey(text)) throw invalid();
  const blocks = findPemBlocks(text.replace(/^\ufeff/, ''));
  if (blocks.length === 0) throw invalid();
  try {
    return blocks.map(({ der }) => readCertificate(der));
  } catch (error) {
    throw invalid(error);
  }
}
