import { createHash } from 'node:crypto';
import { RegentError } from '../../../shared/errors/index.ts';
import { parseAddress } from '../../../shared/model/address.ts';
import { certificateFileName } from '../certificate-file.ts';
import { sha256Of } from '../x509/fingerprint.ts';
import { findPemBlocks, writePem } from '../x509/pem.ts';

/** A trust that was made here and is wanted on other machines. */
export interface TrustToExport {
  readonly address: string;
  readonly certificates: readonly {
    readonly pem: string;
    /** Of the DER bytes, lower-case hexadecimal. */
    readonly sha256: string;
    readonly kind: 'ca' | 'leaf';
  }[];
  /** Whether the server speaks plain HTTP, and engines shall accept that. */
  readonly insecure: boolean;
}

/** A certificate as it is written on the other machine: the same name and bytes as Regent's own file here. */
interface ExportedCertificate {
  readonly fileName: string;
  readonly pem: string;
  readonly sha256: string;
  readonly kind: 'ca' | 'leaf';
}

/** What is exported, checked: nothing in it can end a quotation, and every fingerprint is right. */
export interface ExportSubject {
  readonly address: string;
  /** The address in lower-case letters, digits and hyphens, for names of files and objects; not unique. */
  readonly slug: string;
  /** `slug` with a part of the address's hash: unique, and at most 50 characters. */
  readonly uniqueName: string;
  readonly certificates: readonly ExportedCertificate[];
  readonly insecure: boolean;
}

/**
 * Checks what shall be exported, since it will be run as root elsewhere.
 * @throws RegentError `ADDRESS_INVALID`; `CERT_UNREADABLE` where a PEM text is not one certificate or has another
 *   fingerprint; `INPUT_INVALID` when there is nothing to trust
 */
export function checkSubject({ address, certificates, insecure }: TrustToExport): ExportSubject {
  parseAddress(address);
  if (certificates.length === 0 && !insecure) {
    throw new RegentError('INPUT_INVALID', { field: 'certificates' });
  }
  const slug = address
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  const hash = createHash('sha256').update(address).digest('hex').slice(0, 8);
  return {
    address,
    slug,
    uniqueName: `${slug.slice(0, 40).replace(/-$/, '')}-${hash}`,
    certificates: certificates.map(checkCertificate),
    insecure,
  };
}

function checkCertificate({
  pem,
  sha256,
  kind,
}: TrustToExport['certificates'][number]): ExportedCertificate {
  const [block, ...others] = findPemBlocks(pem);
  if (!block || others.length > 0 || sha256Of(block.der) !== sha256) {
    throw new RegentError('CERT_UNREADABLE', { detail: `SHA-256 ${sha256}` });
  }
  return { fileName: certificateFileName(sha256, 'crt'), pem: writePem(block.der), sha256, kind };
}
