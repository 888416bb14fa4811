import { setMaxListeners } from 'node:events';
import { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { RegentError } from '../../../shared/errors/index.ts';
import { headerLines } from '../../../shared/model/www-authenticate.ts';
import { answerPatience, limits } from '../limits.ts';
import { type Collected, type CollectWish, collect } from './collect.ts';
import { watchBody, watchNotes } from './late-answer.ts';

/** What is sent along with a request. It is opened anew for each attempt. `length` in bytes. */
export interface Content {
  readonly type: string;
  readonly length: number;
  readonly open: () => Buffer | AsyncIterable<Uint8Array>;
}

/**
 * One request. `limit`: bytes of a good answer's body that are taken at most.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly content?: Content;
  /** Whether the body of a good answer is wanted as a stream, of whatever length, in place of its bytes. */
  readonly streams?: true;
  /**
   * Whether a redirect may lead from HTTPS to plain HTTP, as Docker lets it: for blobs, which digests prove right whoever
   * sends them.
   */
  readonly mayGoPlain?: true;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** An answer. `url` is where it came from in the end. */
export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  /** Read to its end; empty where there is a stream. */
  readonly body: Buffer;
  /** There for a good answer (2xx) to a request that `streams`; whoever gets it reads it to its end or destroys it. */
  readonly stream?: Readable;
}

/** Sends a request and reads the answer; any status is an answer. */
export type Exchange = (request: HttpRequest) => Promise<HttpAnswer>;

/** The first value of a header, undefined when it is absent. */
export function headerOf(
  { rawHeaders }: Pick<HttpAnswer, 'rawHeaders'>,
  name: string,
): string | undefined {
  return headerLines(rawHeaders, name)[0];
}

/** How a request is put to the server, or to a proxy before it. */
export interface Route {
  readonly path: string;
  /** A proxy that is told the whole URL and answers itself: its name. */
  readonly proxy: string | null;
  /** The value of `Proxy-Authorization`, which only that proxy gets to see. */
  readonly proxyAuthorization?: string | undefined;
}

/** By what exchanges are made. */
export interface ExchangeMeans {
  readonly pool: () => Promise<Dispatcher>;
  /** What people call the server, from its URL. */
  readonly nameOf: (url: URL) => string;
  readonly routeTo: (url: URL) => Route | Promise<Route>;
}

/**
 * Exchanges requests over the pool. Rejects with what Node or undici threw, `PROXY_SIGN_IN`, or `RESPONSE_TOO_LARGE`; the
 * body of a refusal (status 400 and up) is cut off instead.
 */
export function createExchange({ pool, nameOf, routeTo }: ExchangeMeans): Exchange {
  return async ({ method, url, headers, content, streams, limit, signal }) => {
    const dispatcher = await pool();
    const { path, proxy, proxyAuthorization } = await routeTo(url);
    // Digests and limits are about the bytes as they are stored.
    const sent: Record<string, string> = {
      'user-agent': 'regent',
      'accept-encoding': 'identity',
      ...headers,
    };
    if (content) {
      sent['content-type'] ??= content.type;
      sent['content-length'] ??= String(content.length);
    }
    if (proxyAuthorization !== undefined) sent['proxy-authorization'] = proxyAuthorization;
    const options = {
      ...{ origin: url.origin, path, method, headers: sent, body: bodyOf(content) },
      headersTimeout: answerPatience(method),
      // After a HEAD undici closes the connection, unless it is told not to.
      ...(method === 'HEAD' && { reset: false }),
    };
    const limitFor = (status: number): number => (status >= 400 ? limits.refusal : limit);
    const { isWhole, ...answer } = streams
      ? await stream(dispatcher, options, { limitFor, signal })
      : await collect(dispatcher, options, { limitFor, signal });
    if (answer.status === 407 && proxy !== null) throw new RegentError('PROXY_SIGN_IN', { proxy });
    if (!isWhole && answer.status < 400) {
      throw new RegentError('RESPONSE_TOO_LARGE', { address: nameOf(url), limit });
    }
    return { url, ...answer };
  };
}

function bodyOf(content: Content | undefined): Buffer | Readable | null {
  const opened = content?.open() ?? null;
  return opened === null || Buffer.isBuffer(opened) ? opened : Readable.from(opened);
}

/** A form, as token servers take it. */
export function formContent(form: URLSearchParams): Content {
  const bytes = Buffer.from(form.toString());
  return {
    ...{ type: 'application/x-www-form-urlencoded', length: bytes.length },
    open: () => bytes,
  };
}

/** Sends a request, and gives the body of a good answer as a stream. */
async function stream(
  dispatcher: Dispatcher,
  options: Dispatcher.DispatchOptions,
  { limitFor, signal }: CollectWish,
): Promise<Collected & Pick<HttpAnswer, 'stream'>> {
  setMaxListeners(0, signal);
  const answer = await dispatcher.request({
    ...options,
    ...{ signal, responseHeaders: 'raw', onInfo: watchNotes(options) },
  });
  const { statusCode: status } = answer;
  // With `responseHeaders: 'raw'` undici gives a flat list, which its types do not say.
  const rawHeaders = answer.headers as unknown as readonly string[];
  if (status >= 200 && status < 300) {
    return { status, rawHeaders, body: Buffer.alloc(0), isWhole: true, stream: answer.body };
  }
  return { status, rawHeaders, ...(await readBody(answer.body, limitFor(status))) };
}

async function readBody(
  arriving: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<Pick<Collected, 'body' | 'isWhole'>> {
  const pieces: Uint8Array[] = [];
  const check = watchBody();
  let length = 0;
  for await (const piece of arriving) {
    check();
    pieces.push(piece);
    length += piece.length;
    // Leaving the loop closes the connection.
    if (length > limit) return { body: Buffer.concat(pieces).subarray(0, limit), isWhole: false };
  }
  return { body: Buffer.concat(pieces), isWhole: true };
}
