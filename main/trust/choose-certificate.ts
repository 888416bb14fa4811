import { RegentError } from '../../shared/errors/index.ts';
import { readAuthorityFile } from './material/read-authority-file.ts';
import { type Fault, goWords } from './verify/fault.ts';
import { findAnchors, kindOfAnchor } from './verify/find-anchors.ts';
import { createPool } from './verify/pool.ts';
import { type Presented, verifyChain } from './verify/verify-chain.ts';
import { isSelfIssued } from './x509/describe-certificate.ts';
import { nameInOneLine } from './x509/names.ts';
import type { ReadCertificate } from './x509/read-certificate.ts';

/** Certificates that the user was given, instead of those that the server showed. */
export interface Given {
  readonly certificates: readonly ReadCertificate[];
  /** Where they came from, for the words. */
  readonly path: string;
}

/** What the user wants to trust; without anything, whatever is best to trust. */
export interface Wish {
  readonly address: string;
  /** SHA-256 of one certificate. */
  readonly sha256?: string | undefined;
  readonly given?: Given | undefined;
  /** The same as the text of a file, where `given` is not set. */
  readonly pem?: string | undefined;
  /** Where `pem` came from, for the words. */
  readonly source?: string | undefined;
}

/**
 * Finds the one certificate to trust: the issuer highest up that makes the server acceptable by Go's rules with
 * the chain as the server shows it, before the server's own certificate.
 * @param now milliseconds since 1970
 * @param fetched issuers that were fetched because the server left them out; they can be chosen, but count for
 * nothing else, since Docker never sees them
 * @throws RegentError `CA_FILE_UNRELATED`, `FINGERPRINT_MISMATCH`, `CERT_CHAIN_INVALID`, and for `pem` those of
 * `readAuthorityFile`
 */
export function chooseCertificate(
  wish: Wish,
  presented: Presented,
  now: number,
  fetched: readonly ReadCertificate[] = [],
): ReadCertificate {
  const { address, sha256: expected } = wish;
  const given = givenOf(wish);
  const offered = given?.certificates ?? [...presented.chain, ...fetched];
  const named = offered.find(({ sha256 }) => sha256 === expected);
  if (expected !== undefined && !named) {
    const shown = offered.map(({ sha256 }) => sha256);
    throw new RegentError('FINGERPRINT_MISMATCH', { address, expected, presented: shown });
  }
  const among = named ? [named] : offered.filter(mayAnchor(presented));
  const chosen = prefer(findAnchors(among, presented, now), presented);
  if (chosen) return chosen;
  const fault = faultOf(given ? among : [], presented, now);
  if (given && fault.kind === 'unknown-authority') {
    const subjects = given.certificates.slice(0, SUBJECTS_SHOWN).map(subjectOf);
    throw new RegentError('CA_FILE_UNRELATED', { path: given.path, address, subjects });
  }
  throw new RegentError('CERT_CHAIN_INVALID', { address, detail: goWords(fault) });
}

/** Only the server's own certificates, and those that one of them names as its issuer, can be its anchor. */
function mayAnchor({ chain }: Presented) {
  return ({ sha256, subject }: ReadCertificate) =>
    chain.some((one) => one.sha256 === sha256 || Buffer.compare(one.issuer, subject) === 0);
}

const SUBJECTS_SHOWN = 8;

function givenOf({ given, pem, source: path = '' }: Wish): Given | undefined {
  if (given || pem === undefined) return given;
  return { ...readAuthorityFile(Buffer.from(pem), { path }), path };
}

const subjectOf = ({ subject, sha256 }: ReadCertificate) => nameInOneLine(subject) || sha256;

/** Of a bundle in any order: a root before an intermediate, the highest intermediate, the one that lasts longest. */
function prefer(
  anchors: readonly ReadCertificate[],
  presented: Presented,
): ReadCertificate | undefined {
  const issuers = anchors.filter((anchor) => kindOfAnchor(anchor, presented) === 'ca');
  const roots = issuers.filter(isSelfIssued);
  const highest = issuers.filter((one) => !issuers.some((other) => isAbove(other, one)));
  for (const group of [roots, highest, issuers]) {
    const [longest] = group.toSorted((a, b) => b.notAfter - a.notAfter);
    if (longest) return longest;
  }
  return anchors[0];
}

function isAbove(other: ReadCertificate, one: ReadCertificate): boolean {
  return other !== one && Buffer.compare(other.subject, one.issuer) === 0;
}

/** Why none of them will do: the fault of the one that did sign the server's certificate says most. */
function faultOf(among: readonly ReadCertificate[], presented: Presented, now: number): Fault {
  const unknown: Fault = { kind: 'unknown-authority', hint: undefined };
  const faults = among.map(({ der }) => verifyChain(presented, createPool([der]), now) ?? unknown);
  const telling = faults.find(({ kind }) => kind !== 'unknown-authority');
  return telling ?? verifyChain(presented, createPool([]), now) ?? unknown;
}
