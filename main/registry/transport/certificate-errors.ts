import type { DetailedPeerCertificate } from 'node:tls';
import { RegentError } from '../../../shared/errors/index.ts';
import type { ServerNames } from './server-names.ts';

/** A certificate without the host among its names; kept apart from RegentError until the address is known. */
class NameError extends Error {
  override readonly name = 'NameError';

  constructor(
    readonly host: string,
    readonly names: ServerNames,
  ) {
    super('the certificate is for other names');
  }
}

/** The error for a certificate whose alternative names do not include the host. */
export function nameError(host: string, names: ServerNames): Error {
  return new NameError(host, names);
}

/** OpenSSL's and BoringSSL's verification results (X509_V_ERR_*) as Node names them. */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'CERT_UNTRUSTED',
  'CERT_REJECTED',
]);
const WEAK: ReadonlySet<string> = new Set([
  'EE_KEY_TOO_SMALL',
  'CA_KEY_TOO_SMALL',
  'CA_MD_TOO_WEAK',
]);
const INVALID: ReadonlySet<string> = new Set([
  'INVALID_CA',
  'INVALID_PURPOSE',
  'PATH_LENGTH_EXCEEDED',
  'CERT_CHAIN_TOO_LONG',
  'CERT_SIGNATURE_FAILURE',
  'CERT_REVOKED',
  'UNHANDLED_CRITICAL_EXTENSION',
  'ERROR_IN_CERT_NOT_BEFORE_FIELD',
  'ERROR_IN_CERT_NOT_AFTER_FIELD',
]);
/** The server's alert that it wants a certificate from the client (RFC 8446, 6.2). */
const CLIENT_CERTIFICATE: ReadonlySet<string> = new Set([
  'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
  'ERR_SSL_TLSV1_ALERT_CERTIFICATE_REQUIRED',
]);

/** What a failed handshake says about the server's certificate; undefined when it failed for another reason. */
export function certificateError(
  error: Error | null,
  address: string,
  peer: DetailedPeerCertificate | undefined,
): RegentError | undefined {
  if (error instanceof NameError) return errorOfNames(error, address);
  const code = String((error as NodeJS.ErrnoException | null)?.code);
  if (UNTRUSTED.has(code)) return new RegentError('CERT_UNTRUSTED', { address }, error);
  if (WEAK.has(code)) return new RegentError('CERT_WEAK', { address, algorithm: code }, error);
  if (INVALID.has(code)) {
    return new RegentError('CERT_CHAIN_INVALID', { address, detail: code }, error);
  }
  if (CLIENT_CERTIFICATE.has(code))
    return new RegentError('CLIENT_CERT_REQUIRED', { address }, error);
  if (code === 'CERT_HAS_EXPIRED') {
    const { subject, valid_to } = atFault(
      peer,
      ({ valid_to }) => Date.parse(valid_to) < Date.now(),
    );
    return new RegentError('CERT_EXPIRED', { address, subject, notAfter: isoOf(valid_to) }, error);
  }
  if (code === 'CERT_NOT_YET_VALID') {
    const { subject, valid_from } = atFault(
      peer,
      ({ valid_from }) => Date.parse(valid_from) > Date.now(),
    );
    const notBefore = isoOf(valid_from);
    return new RegentError('CERT_NOT_YET_VALID', { address, subject, notBefore }, error);
  }
  return undefined;
}

function errorOfNames(error: NameError, address: string): RegentError {
  const { host } = error;
  const names = [...error.names.dns, ...error.names.ips];
  return names.length === 0
    ? new RegentError('CERT_NO_SAN', { address, host }, error)
    : new RegentError('CERT_NAME_MISMATCH', { address, host, names }, error);
}

type Fault = Pick<DetailedPeerCertificate, 'valid_from' | 'valid_to'> & {
  readonly subject: string;
};

/** The certificate of the chain that the verdict is about; the server's own when none is found. */
function atFault(
  peer: DetailedPeerCertificate | undefined,
  isFaulty: (certificate: DetailedPeerCertificate) => boolean,
): Fault {
  const chain: DetailedPeerCertificate[] = [];
  for (let next = peer; next?.raw && !chain.includes(next); next = next.issuerCertificate) {
    chain.push(next);
  }
  const found = chain.find(isFaulty) ?? chain[0];
  if (!found) return { subject: '', valid_from: '', valid_to: '' };
  const parts = Object.entries(found.subject).map(([name, value]) => `${name}=${value}`);
  return { ...found, subject: parts.reverse().join(', ') };
}

function isoOf(text: string): string {
  const time = Date.parse(text);
  return Number.isNaN(time) ? '' : new Date(time).toISOString();
}
