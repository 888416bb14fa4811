import type { Certificate } from '../../../shared/model/certificate.ts';
import { describeCertificate } from './describe-certificate.ts';
import { findPemBlocks } from './pem.ts';
import { readCertificate } from './read-certificate.ts';

/** Describes every certificate of a PEM text, in its order. @throws DerError when one can't be read */
export function describePem(pem: string): readonly Certificate[] {
  return findPemBlocks(pem).map(({ der }) => describeCertificate(readCertificate(der)));
}
