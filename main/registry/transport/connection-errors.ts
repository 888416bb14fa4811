import { RegentError } from '../../../shared/errors/index.ts';
import { answerPatience, patience } from '../limits.ts';
import { certificateError } from './certificate-errors.ts';

/** Codes of failures that a second try often mends: a connection closed by a server, a proxy or an idle timer. */
const TRANSIENT: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'EPIPE',
  'UND_ERR_SOCKET',
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
]);

const NO_SUCH_HOST: ReadonlySet<string> = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'EAI_NODATA',
  'EAI_NONAME',
]);

/** What OpenSSL and BoringSSL say when the answer to their greeting is no TLS, such as a line of HTTP. */
const NOT_TLS: ReadonlySet<string> = new Set([
  'ERR_SSL_WRONG_VERSION_NUMBER',
  'ERR_SSL_HTTP_REQUEST',
]);

/** The code of an error as Node, OpenSSL or undici gives it; empty when there is none. */
function codeOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : '';
}

/** Whether an idempotent request may be sent again after this. */
export function isTransient(error: unknown): boolean {
  return TRANSIENT.has(codeOf(error));
}

/**
 * The RegentError for a request that got no answer, decided by the error's code.
 * @param address what people call the server
 * @param method of the request
 */
export function connectionError(
  error: unknown,
  url: URL,
  address: string,
  method = 'GET',
): RegentError {
  if (error instanceof RegentError) return error;
  // With TLS 1.3 a server says after the handshake that it wants a certificate from the client.
  const late = error instanceof Error ? certificateError(error, address, undefined) : undefined;
  if (late) return late;
  const code = codeOf(error);
  if (NO_SUCH_HOST.has(code)) return new RegentError('HOST_UNKNOWN', { host: url.hostname }, error);
  if (code === 'ECONNREFUSED') return new RegentError('CONNECTION_REFUSED', { address }, error);
  if (NOT_TLS.has(code)) return new RegentError('PLAIN_HTTP', { address }, error);
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT') {
    return timeout(address, patience.connect, error);
  }
  if (code === 'UND_ERR_HEADERS_TIMEOUT') return timeout(address, answerPatience(method), error);
  if (code === 'UND_ERR_BODY_TIMEOUT') return timeout(address, patience.body, error);
  if (code === 'UND_ERR_DESTROYED' || code === 'UND_ERR_CLOSED' || code === 'UND_ERR_ABORTED') {
    return new RegentError('CANCELLED', { subject: address }, error);
  }
  if (code === 'EPROTO' || code.startsWith('ERR_SSL_') || code.startsWith('ERR_TLS_')) {
    return new RegentError('TLS_FAILED', { address, detail: code }, error);
  }
  // undici's name for a connection that the other side has closed.
  const detail = code === 'UND_ERR_SOCKET' ? 'ECONNRESET' : code || 'unknown';
  return new RegentError('CONNECTION_FAILED', { address, detail }, error);
}

function timeout(address: string, milliseconds: number, cause: unknown): RegentError {
  return new RegentError('CONNECTION_TIMEOUT', { address, seconds: milliseconds / 1000 }, cause);
}
