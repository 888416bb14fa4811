import { sha256Of } from '../x509/fingerprint.ts';
import { type ReadCertificate, readCertificate, readSubject } from '../x509/read-certificate.ts';

/** A set of certificates that issuers are looked for in (Go's CertPool). */
export interface Pool {
  has(certificate: ReadCertificate): boolean;
  /** Those whose subject is the certificate's issuer, the likeliest by key identifier first. */
  parentsOf(certificate: ReadCertificate): readonly ReadCertificate[];
}

/**
 * Makes a pool. A system store has some 150 certificates, of which one or none is needed, so they are read
 * when asked for; what can't be read is passed over, as Go does.
 * @param ders DER bytes
 */
export function createPool(ders: readonly Uint8Array[]): Pool {
  const hashes = new Set(ders.map(sha256Of));
  const bySubject = groupBySubject(ders);
  return {
    has: ({ sha256 }) => hashes.has(sha256),
    parentsOf: (certificate) => {
      const parents = (bySubject.get(keyOf(certificate.issuer)) ?? []).flatMap(readOrSkip);
      const ranked = parents.map((parent) => ({ parent, rank: rankOf(parent, certificate) }));
      return ranked.sort((a, b) => a.rank - b.rank).map(({ parent }) => parent);
    },
  };
}

const keyOf = (name: Uint8Array) => Buffer.from(name).toString('base64');

function subjectKey(der: Uint8Array): string {
  try {
    return keyOf(readSubject(der));
  } catch {
    return '';
  }
}

function groupBySubject(ders: readonly Uint8Array[]): Map<string, Uint8Array[]> {
  const groups = new Map<string, Uint8Array[]>();
  for (const der of ders) {
    const key = subjectKey(der);
    groups.set(key, [...(groups.get(key) ?? []), der]);
  }
  return groups;
}

function readOrSkip(der: Uint8Array): readonly ReadCertificate[] {
  try {
    return [readCertificate(der)];
  } catch {
    return [];
  }
}

/** Go's order (cert_pool.go, findPotentialParents): equal identifiers, one missing, different ones. */
function rankOf(parent: ReadCertificate, child: ReadCertificate): number {
  const { subjectKeyId } = parent;
  const { authorityKeyId } = child;
  if (!subjectKeyId && !authorityKeyId) return 0;
  if (!subjectKeyId || !authorityKeyId) return 1;
  return Buffer.compare(subjectKeyId, authorityKeyId) === 0 ? 0 : 2;
}
