import { publicKeyOf } from '../x509/describe-certificate.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';

const UNIMPLEMENTED = 'x509: cannot verify signature: algorithm unimplemented';

/**
 * Whether `parent` signed `child` and may do so, by Go's rules (crypto/x509 CheckSignatureFrom).
 * @returns Go's text of the error, or undefined when all is well
 */
export function checkSignatureFrom(
  child: ReadCertificate,
  parent: ReadCertificate,
): string | undefined {
  return checkMaySign(parent) ?? checkAlgorithm(child) ?? checkSignature(child, parent);
}

/** RFC 5280, 4.2.1.9: basicConstraints must say so, and keyUsage, where there is one. */
function checkMaySign(parent: ReadCertificate): string | undefined {
  const { version, basicConstraints, mayCertSign } = parent;
  const isNoCa = basicConstraints ? !basicConstraints.isCa : version === 3;
  return isNoCa || mayCertSign === false
    ? 'x509: invalid signature: parent certificate cannot sign this kind of certificate'
    : undefined;
}

function checkAlgorithm({ signature }: ReadCertificate): string | undefined {
  if (signature.insecure) {
    return `x509: cannot verify signature: insecure algorithm ${signature.name}`;
  }
  return signature.key ? undefined : UNIMPLEMENTED;
}

/** In bits. */
const LONGEST_RSA_KEY = 8192;

const FAILURES = {
  RSA: 'crypto/rsa: verification error',
  ECDSA: 'x509: ECDSA verification failure',
  Ed25519: 'x509: Ed25519 verification failure',
} as const;

/** Go's types of the keys, for its words. */
const KEY_TYPES: Readonly<Record<string, readonly [kind: string, goType: string]>> = {
  rsa: ['RSA', '*rsa.PublicKey'],
  ec: ['ECDSA', '*ecdsa.PublicKey'],
  ed25519: ['Ed25519', 'ed25519.PublicKey'],
};

/** Whether Go knows keys of this kind; an issuer with another key is none for it. */
export const hasKnownKey = (certificate: ReadCertificate): boolean =>
  (publicKeyOf(certificate)?.asymmetricKeyType ?? '') in KEY_TYPES;

function checkSignature(child: ReadCertificate, parent: ReadCertificate): string | undefined {
  const key = publicKeyOf(parent);
  const algorithm = child.signature.key;
  const [kind, goType] = KEY_TYPES[key?.asymmetricKeyType ?? ''] ?? [];
  if (!key || !kind || !algorithm) return UNIMPLEMENTED;
  if (kind !== algorithm) {
    return `x509: signature algorithm specifies an ${algorithm} public key, but have public key of type ${goType}`;
  }
  // Go's TLS refuses such keys, too (crypto/tls, maxRSAKeySize): each use is seconds of work.
  if ((key.asymmetricKeyDetails?.modulusLength ?? 0) > LONGEST_RSA_KEY) return FAILURES.RSA;
  return child.native.verify(key) ? undefined : FAILURES[algorithm];
}
