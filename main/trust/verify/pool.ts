import { sha256Of } from '../x509/fingerprint.ts';
import { type ReadCertificate, readCertificate, readSubject } from '../x509/read-certificate.ts';
import { goRefusal } from './go-refusal.ts';

/** A set of certificates that issuers are looked for in (Go's CertPool). */
export interface Pool {
  has(certificate: ReadCertificate): boolean;
  /** Those whose subject is the certificate's issuer, the likeliest by key identifier first. */
  parentsOf(certificate: ReadCertificate): readonly ReadCertificate[];
}

/** DER bytes, or what was read from them before. */
type Member = Uint8Array | ReadCertificate;

/**
 * Makes a pool. A system store has some 150 certificates, of which one or none is needed, so they are read
 * when asked for; what can't be read, or Go would not parse, is passed over, as Go does.
 */
export function createPool(members: readonly Member[]): Pool {
  const hashes = new Set(
    members.map((member) => (isRead(member) ? member.sha256 : sha256Of(member))),
  );
  const bySubject = groupBySubject(members);
  const read = new Map<string, readonly ReadCertificate[]>();
  const namedLike = (subject: string): readonly ReadCertificate[] => {
    const known = read.get(subject) ?? (bySubject.get(subject) ?? []).flatMap(readOrSkip);
    read.set(subject, known);
    return known;
  };
  return {
    has: ({ sha256 }) => hashes.has(sha256),
    parentsOf: (certificate) => {
      const parents = namedLike(keyOf(certificate.issuer));
      const ranked = parents.map((parent) => ({ parent, rank: rankOf(parent, certificate) }));
      return ranked.sort((a, b) => a.rank - b.rank).map(({ parent }) => parent);
    },
  };
}

const isRead = (member: Member): member is ReadCertificate => 'der' in member;

const keyOf = (name: Uint8Array) => Buffer.from(name).toString('base64');

function subjectKey(member: Member): string {
  try {
    return keyOf(isRead(member) ? member.subject : readSubject(member));
  } catch {
    return '';
  }
}

function groupBySubject(members: readonly Member[]): Map<string, Member[]> {
  const groups = new Map<string, Member[]>();
  for (const member of members) {
    const key = subjectKey(member);
    const group = groups.get(key);
    if (group) group.push(member);
    else groups.set(key, [member]);
  }
  return groups;
}

function readOrSkip(member: Member): readonly ReadCertificate[] {
  try {
    const certificate = isRead(member) ? member : readCertificate(member);
    return goRefusal(certificate) === undefined ? [certificate] : [];
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
