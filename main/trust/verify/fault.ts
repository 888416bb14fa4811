import { assertNever } from '../../../shared/model/assert-never.ts';
import { formatIp, parseIp } from '../x509/ip.ts';
import { attributeOf } from '../x509/names.ts';
import type { ReadCertificate } from '../x509/read-certificate.ts';
import { matchesCommonName } from './host-name.ts';

/** Why Go refuses a certificate chain; names after the errors of Go's crypto/x509 (verify.go). */
export type Fault =
  | { readonly kind: 'not-parsed'; readonly words: string }
  | { readonly kind: 'unhandled-critical-extension' }
  | { readonly kind: 'expired'; readonly certificate: ReadCertificate; readonly now: number }
  | { readonly kind: 'not-yet-valid'; readonly certificate: ReadCertificate; readonly now: number }
  | { readonly kind: 'host-name'; readonly certificate: ReadCertificate; readonly host: string }
  | { readonly kind: 'not-authorized-to-sign' }
  | { readonly kind: 'name-not-permitted'; readonly detail: string }
  | { readonly kind: 'too-many-intermediates' }
  | { readonly kind: 'incompatible-usage' }
  | { readonly kind: 'too-many-signatures' }
  | { readonly kind: 'unknown-authority'; readonly hint: Hint | undefined };

/** The first candidate for the issuer, and why it was none. */
export interface Hint {
  readonly error: string;
  readonly candidate: ReadCertificate;
}

/** The text that Go prints, and Docker with it. */
export function goWords(fault: Fault): string {
  switch (fault.kind) {
    case 'not-parsed':
      return `tls: failed to parse certificate from server: ${fault.words}`;
    case 'unhandled-critical-extension':
      return 'x509: unhandled critical extension';
    case 'expired':
      return expiredWords(fault.now, 'after', fault.certificate.notAfter);
    case 'not-yet-valid':
      return expiredWords(fault.now, 'before', fault.certificate.notBefore);
    case 'host-name':
      return hostNameWords(fault.certificate, fault.host);
    case 'not-authorized-to-sign':
      return 'x509: certificate is not authorized to sign other certificates';
    case 'name-not-permitted':
      return `x509: a root or intermediate certificate is not authorized to sign for this name: ${fault.detail}`;
    case 'too-many-intermediates':
      return 'x509: too many intermediates for path length constraint';
    case 'incompatible-usage':
      return 'x509: certificate specifies an incompatible key usage';
    case 'too-many-signatures':
      return 'x509: signature check attempts limit reached while verifying certificate chain';
    case 'unknown-authority':
      return `x509: certificate signed by unknown authority${hintWords(fault.hint)}`;
    default:
      return assertNever(fault);
  }
}

function expiredWords(now: number, relation: 'before' | 'after', limit: number): string {
  const rfc3339 = (time: number) => new Date(time).toISOString().replace(/\.\d+Z$/, 'Z');
  return `x509: certificate has expired or is not yet valid: current time ${rfc3339(now)} is ${relation} ${rfc3339(limit)}`;
}

function hostNameWords(certificate: ReadCertificate, host: string): string {
  if (!certificate.alternativeNames && matchesCommonName(certificate, host)) {
    return 'x509: certificate relies on legacy Common Name field, use SANs instead';
  }
  const { dnsNames = [], ips = [] } = certificate.alternativeNames ?? {};
  const isIp = parseIp(host) !== undefined;
  if (isIp && ips.length === 0) {
    return `x509: cannot validate certificate for ${host} because it doesn't contain any IP SANs`;
  }
  const valid = (isIp ? ips.map(formatIp) : dnsNames).join(', ');
  return valid === ''
    ? `x509: certificate is not valid for any names, but wanted to match ${host}`
    : `x509: certificate is valid for ${valid}, not ${host}`;
}

function hintWords(hint: Hint | undefined): string {
  if (!hint) return '';
  const { subject, native } = hint.candidate;
  const serial = `serial:${BigInt(`0x${native.serialNumber || '0'}`)}`;
  const name = attributeOf(subject, 'CN') || attributeOf(subject, 'O') || serial;
  return ` (possibly because of ${JSON.stringify(hint.error)} while trying to verify candidate authority certificate ${JSON.stringify(name)})`;
}
