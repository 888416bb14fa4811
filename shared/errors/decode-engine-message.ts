import { plainText } from '../model/plain-text.ts';
import { type Problem, problem } from './problem.ts';

/** What the engine was asked about when it answered with an error. */
export interface EngineSubject {
  /** The registry's address. */
  readonly address: string;
  /** The image's reference; for a sign-in the address again. */
  readonly reference: string;
}

interface Row {
  readonly pattern: RegExp;
  readonly decode: (message: string, subject: EngineSubject) => Problem;
}

const LONGEST_MESSAGE = 2000;

/**
 * What Docker's daemon (classic and containerd image store), BuildKit, containerd, Podman and Skopeo say, and what it
 * means. HTTP status and exit status are of no use: most of these are 500, or a last line after 200, or 1 or 125.
 * The first row that fits counts, so the plain causes stand before texts that carry a registry's own words.
 */
const rows: readonly Row[] = [
  {
    pattern: /server gave HTTP response to HTTPS client/,
    decode: (message, { address }) => problem('ENGINE_PLAIN_HTTP', { address, message }),
  },
  {
    // The registry itself was reached by then; who hands out its tokens was not trusted. Classic readers tell only by
    // the parameters of the URL (distribution specification, token authentication).
    pattern:
      /failed to (authorize|fetch (anonymous|oauth) token).*(x509: |tls: failed to verify certificate)|[?&](service|scope)=[^"]*": (tls: failed to verify certificate: )?x509: /,
    decode: (message, { address }) =>
      problem('ENGINE_TOKEN_UNTRUSTED', { address, message, version: 'none' }),
  },
  {
    pattern: /x509: |tls: failed to verify certificate/,
    decode: (message, { address }) => problem('ENGINE_UNTRUSTED', { address, message }),
  },
  {
    pattern: /remote error: tls: certificate required/,
    decode: (_, { address }) => problem('CLIENT_CERT_REQUIRED', { address }),
  },
  {
    pattern: /toomanyrequests|429 Too Many Requests/,
    decode: (_, { address }) => problem('RATE_LIMITED', { address, seconds: 0 }),
  },
  {
    pattern:
      /connection refused|no such host|no route to host|network is unreachable|i\/o timeout|TLS handshake timeout|Client\.Timeout exceeded|context deadline exceeded|connection reset by peer|server misbehaving|proxyconnect|: EOF$/,
    decode: (message, { address }) => problem('ENGINE_NETWORK', { address, message }),
  },
  {
    // A proxy's own answer to CONNECT comes bare, without a status number.
    pattern: /": (Proxy Authentication Required|Forbidden|Service Unavailable|Bad Gateway)$/,
    decode: (message, { address }) => problem('ENGINE_NETWORK', { address, message }),
  },
  {
    // "permission denied" is about the engine's own files.
    pattern:
      /no basic auth credentials|unauthorized|authentication required|authorization failed|invalid username\/password|insufficient_scope|40[13] (Unauthorized|Forbidden)|(?<!permission )denied/i,
    decode: (message, { address }) => problem('ENGINE_SIGNED_OUT', { address, message }),
  },
  {
    pattern:
      /manifest unknown|name unknown|manifest for .+ not found|no matching manifest|tag does not exist|no such image|: not found(:|$)/i,
    decode: (message, { reference }) => problem('ENGINE_NOT_FOUND', { reference, message }),
  },
  {
    // Docker's classic reader; Podman and Skopeo; containerd, when the length differs already or not.
    pattern:
      /manifest verification failed for digest|does not match provided manifest digest|unexpected commit digest|failed size validation|got unexpected digest/i,
    decode: (message, { reference }) => problem('ENGINE_DIGEST_MISMATCH', { reference, message }),
  },
];

/**
 * Decodes what a container engine says about a registry. This is the only place where the text of somebody
 * else's error decides anything, because the engine gives nothing else. What is not in the table is
 * `ENGINE_ERROR` with the engine's words.
 */
export function decodeEngineMessage(message: string, subject: EngineSubject): Problem {
  const words = plainWords(message);
  const row = rows.find(({ pattern }) => pattern.test(words));
  return row ? row.decode(words, subject) : problem('ENGINE_ERROR', { message: words });
}

/**
 * Makes foreign text fit for a quotation: one line, without control characters, terminal codes and marks that
 * turn the direction of writing, at most 2,000 characters. An engine hands on what a registry said.
 */
export function plainWords(text: string): string {
  return plainText(text, LONGEST_MESSAGE);
}
