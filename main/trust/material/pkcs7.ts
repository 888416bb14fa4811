import { expectTag, readObjectId, tags } from '../x509/der.ts';
import { readBer, readMembers } from './ber.ts';

const SIGNED_DATA = '1.2.840.113549.1.7.2';

/**
 * Takes the certificates out of a PKCS#7 message (RFC 2315, 9.1), as `.p7b` files and authorities' servers have
 * them: signed data that holds nothing else. The signatures in it mean nothing here.
 * @returns DER, in their order; none when there are none
 * @throws DerError when the bytes are no such message
 */
export function certificatesOfPkcs7(bytes: Uint8Array): readonly Uint8Array[] {
  const [type, content] = readMembers(expectTag(readBer(bytes), tags.sequence));
  if (readObjectId(type) !== SIGNED_DATA) return [];
  const [signedData] = readMembers(expectTag(content, 0xa0));
  const set = readMembers(expectTag(signedData, tags.sequence)).find(({ tag }) => tag === 0xa0);
  // Beside certificates there may be attribute certificates, which have tags of their own.
  return set
    ? readMembers(set).flatMap(({ tag, raw }) => (tag === tags.sequence ? [raw] : []))
    : [];
}

/** Whether the bytes begin like a PKCS#7 message: a sequence with an object identifier first. */
export function looksLikePkcs7(bytes: Uint8Array): boolean {
  try {
    const [type] = readMembers(expectTag(readBer(bytes), tags.sequence));
    return readObjectId(type).startsWith('1.2.840.113549.1.7.');
  } catch {
    return false;
  }
}
