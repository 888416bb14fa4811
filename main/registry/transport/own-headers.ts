import { RegentError } from '../../../shared/errors/index.ts';
import { mayHaveSecrets } from '../auth/realm.ts';
import type { Exchange, HttpRequest } from './exchange.ts';

/** Headers that a registry itself is sent, because a gate before it wants to see them. */
interface OwnHeaders {
  /** Whom they are for: this scheme, host and port, and nobody else. */
  readonly origin: URL;
  /** The registry as people call it. */
  readonly address: string;
  /** Names in lower case, and values; they are secrets. */
  readonly read: () => Promise<HttpRequest['headers']>;
}

/**
 * Adds a registry's own headers to each request that goes to its own origin, and to no other: it looks at every single
 * request, behind whoever follows redirects, so that neither a redirect nor a token server elsewhere gets them. They are
 * read once, and win over nothing: no header of HTTP's or Regent's own can be among them.
 * @throws RegentError `HEADER_INSECURE` where others on the way could read them; what the reader throws
 */
export function withOwnHeaders(
  exchange: Exchange,
  { origin, address, read }: OwnHeaders,
): Exchange {
  let own: Promise<HttpRequest['headers']> | undefined;
  return async (request) => {
    if (request.url.origin !== origin.origin) return exchange(request);
    if (!mayHaveSecrets(origin)) throw new RegentError('HEADER_INSECURE', { address });
    own ??= read().catch((error: unknown) => {
      own = undefined;
      throw error;
    });
    return exchange({ ...request, headers: { ...(await own), ...request.headers } });
  };
}
