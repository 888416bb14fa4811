import { Readable } from 'node:stream';
import { type Dispatcher, request as send } from 'undici';
import { RegentError } from '../../../shared/errors/index.ts';
import { headerLines } from '../../../shared/model/www-authenticate.ts';
import { limits } from '../limits.ts';

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

/**
 * Exchanges requests over the pool. Rejects with what Node or undici threw, or `RESPONSE_TOO_LARGE`; the body
 * of a refusal (status 400 and up) is cut off instead.
 * @param nameOf what people call the server, from its URL
 */
export function createExchange(
  pool: () => Promise<Dispatcher>,
  nameOf: (url: URL) => string,
): Exchange {
  return async ({ method, url, headers, content, streams, limit, signal }) => {
    const dispatcher = await pool();
    const answer = await send(url, {
      dispatcher,
      method,
      signal,
      // Digests and limits are about the bytes as they are stored.
      headers: {
        ...{ 'user-agent': 'regent', 'accept-encoding': 'identity' },
        ...(content ? headersOf(content) : {}),
        ...headers,
      },
      body: bodyOf(content),
      responseHeaders: 'raw',
    });
    const { statusCode: status } = answer;
    // With `responseHeaders: 'raw'` undici gives a flat list, which its types do not say.
    const rawHeaders = answer.headers as unknown as readonly string[];
    const isGood = status >= 200 && status < 300;
    if (streams && isGood) {
      return { url, status, rawHeaders, body: Buffer.alloc(0), stream: answer.body };
    }
    const isRefusal = status >= 400;
    const { bytes, isWhole } = await readBody(answer.body, isRefusal ? limits.refusal : limit);
    if (!isWhole && !isRefusal)
      throw new RegentError('RESPONSE_TOO_LARGE', { address: nameOf(url), limit });
    return { url, status, rawHeaders, body: bytes };
  };
}

function headersOf({ type, length }: Content): HttpRequest['headers'] {
  return { 'content-type': type, 'content-length': String(length) };
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

async function readBody(
  body: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ readonly bytes: Buffer; readonly isWhole: boolean }> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    // Leaving the loop closes the connection.
    if (length > limit) return { bytes: Buffer.concat(chunks).subarray(0, limit), isWhole: false };
  }
  return { bytes: Buffer.concat(chunks), isWhole: true };
}
