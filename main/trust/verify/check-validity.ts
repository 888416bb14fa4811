import type { ReadCertificate } from '../x509/read-certificate.ts';
import type { Fault } from './fault.ts';

/** What a certificate is in the chain that is being built. */
export type Place = 'leaf' | 'intermediate' | 'root';

/**
 * Whether a certificate is good for its place, by Go's rules in Go's order (crypto/x509 isValid).
 * @param below the chain so far, leaf first; empty for the leaf
 * @param now milliseconds since 1970
 */
export function checkValidity(
  certificate: ReadCertificate,
  place: Place,
  below: readonly ReadCertificate[],
  now: number,
): Fault | undefined {
  return (
    checkCritical(certificate) ??
    checkDates(certificate, now) ??
    checkAuthority(certificate, place) ??
    checkPathLength(certificate, below)
  );
}

function checkCritical({ unhandledCritical }: ReadCertificate): Fault | undefined {
  return unhandledCritical.length > 0 ? { kind: 'unhandled-critical-extension' } : undefined;
}

function checkDates(certificate: ReadCertificate, now: number): Fault | undefined {
  if (now < certificate.notBefore) return { kind: 'not-yet-valid', certificate, now };
  return now > certificate.notAfter ? { kind: 'expired', certificate, now } : undefined;
}

function checkAuthority({ basicConstraints }: ReadCertificate, place: Place): Fault | undefined {
  return place === 'intermediate' && !basicConstraints?.isCa
    ? { kind: 'not-authorized-to-sign' }
    : undefined;
}

/** The limit counts the intermediates between this certificate and the leaf. */
function checkPathLength(
  { basicConstraints }: ReadCertificate,
  below: readonly ReadCertificate[],
): Fault | undefined {
  return basicConstraints && below.length - 1 > basicConstraints.pathLength
    ? { kind: 'too-many-intermediates' }
    : undefined;
}
