import type { KeyObject } from 'node:crypto';
import { checkSignatureFrom } from '../verify/signature.ts';
import { publicKeyOf } from '../x509/describe-certificate.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';

/** Another certificate than those that the user has trusted. */
export interface Change {
  /** The one that was trusted last. */
  readonly previous: ReadCertificate;
  /** Whether the server proved that it has the same key still, or that the same authority stands behind it. */
  readonly sameKey: boolean;
}

/**
 * Finds out whether a server shows something else than what was trusted for its address. A new certificate by an
 * authority that was trusted is nothing else. Dates and names do not matter here: they are other faults.
 * @param chain as presented, leaf first
 * @param trusted oldest first
 */
export function findChange(
  chain: readonly ReadCertificate[],
  trusted: readonly ReadCertificate[],
): Change | undefined {
  const previous = trusted.at(-1);
  const path = signedPath(chain);
  if (!previous || path.some((each) => trusted.some((known) => vouchesFor(known, each)))) {
    return undefined;
  }
  return { previous, sameKey: path.some((each) => isOfKey(each, publicKeyOf(previous))) };
}

/**
 * From the leaf up, as far as each has really signed the one before. Whatever else the server sends proves nothing:
 * anyone can send a certificate along.
 */
function signedPath(chain: readonly ReadCertificate[]): readonly ReadCertificate[] {
  const path = chain.slice(0, 1);
  for (let last = path[0]; last; ) {
    const child: ReadCertificate = last;
    const next = chain.find((other) => !path.includes(other) && hasSigned(other, child));
    if (next) path.push(next);
    last = next;
  }
  return path;
}

function vouchesFor(known: ReadCertificate, one: ReadCertificate): boolean {
  return known.sha256 === one.sha256 || hasSigned(known, one);
}

function hasSigned(issuer: ReadCertificate, child: ReadCertificate): boolean {
  return (
    Buffer.compare(issuer.subject, child.issuer) === 0 &&
    checkSignatureFrom(child, issuer) === undefined
  );
}

/** Whether the certificate is for this key, which its owner has proved to have, or was signed with it. */
function isOfKey(certificate: ReadCertificate, key: KeyObject | undefined): boolean {
  if (!key) return false;
  try {
    return publicKeyOf(certificate)?.equals(key) === true || certificate.native.verify(key);
  } catch {
    return false;
  }
}
