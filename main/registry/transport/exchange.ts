import { type Dispatcher, request as send } from 'undici';
import { RegentError } from '../../../shared/errors/index.ts';
import { headerLines } from '../../../shared/model/www-authenticate.ts';
import { limits } from '../limits.ts';

/**
 * One request that changes nothing in a registry. `POST` asks a token server for a token, with a form; `DELETE` is
 * for what is known to be absent. `limit`: bytes of a good answer's body that are taken at most.
 */
export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'DELETE';
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Of a `POST`. */
  readonly form?: URLSearchParams;
  readonly limit: number;
  readonly signal: AbortSignal;
}

/** An answer, read to its end. `url` is where it came from in the end. */
export interface HttpAnswer {
  readonly url: URL;
  readonly status: number;
  /** Names and values in turn, as they came. */
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
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
  return async ({ method, url, headers, form, limit, signal }) => {
    const dispatcher = await pool();
    const answer = await send(url, {
      dispatcher,
      method,
      signal,
      // Digests and limits are about the bytes as they are stored.
      headers: {
        ...{ 'user-agent': 'regent', 'accept-encoding': 'identity' },
        ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
        ...headers,
      },
      body: form?.toString() ?? null,
      responseHeaders: 'raw',
    });
    const isRefusal = answer.statusCode >= 400;
    const { bytes, isWhole } = await readBody(answer.body, isRefusal ? limits.refusal : limit);
    if (!isWhole && !isRefusal)
      throw new RegentError('RESPONSE_TOO_LARGE', { address: nameOf(url), limit });
    // With `responseHeaders: 'raw'` undici gives a flat list, which its types do not say.
    const rawHeaders = answer.headers as unknown as readonly string[];
    return { url, status: answer.statusCode, rawHeaders, body: bytes };
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
