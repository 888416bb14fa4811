import type { TrustEntry } from '../../shared/model/trust.ts';
import type { Journal, JournalEntry } from './journal.ts';
import { reconcile } from './reconcile.ts';
import { describeCertificate } from './x509/describe-certificate.ts';
import { findPemBlocks } from './x509/pem.ts';
import { readCertificate } from './x509/read-certificate.ts';

/** The trusts that were made and can be undone, newest last. @throws RegentError `STATE_INVALID`, `FILE_FAILED` */
export async function listTrust(journal: Journal): Promise<readonly TrustEntry[]> {
  const { entries } = await reconcile(await journal.read());
  return entries.flatMap(describeEntry);
}

function describeEntry({
  address,
  kind,
  pem,
  trustedAt,
  files,
}: JournalEntry): readonly TrustEntry[] {
  const [block] = findPemBlocks(pem);
  if (!block) return [];
  return [
    {
      address,
      kind,
      certificate: describeCertificate(readCertificate(block.der)),
      consumers: [...new Set(files.map(({ consumer }) => consumer))],
      files: files.map(({ path }) => path),
      trustedAt,
    },
  ];
}
