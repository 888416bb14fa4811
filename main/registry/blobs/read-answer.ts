import type { Readable } from 'node:stream';
import { expectOk } from '../answer-checks.ts';
import { pullScope } from '../auth/scopes.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';

/** Bytes of a blob that are arriving. */
export interface Arriving {
  /** Null where the server knows no such range, or means another one: it has to be asked without one. */
  readonly stream: Readable | null;
  /** The place of the first one in the blob. */
  readonly start: number;
  /** How long the whole blob is, as the server says; null when it does not. */
  readonly total: number | null;
}

/**
 * Asks for a blob from a byte on. What arrives may start at 0 all the same.
 * @throws RegentError `BLOB_NOT_FOUND` and the usual ones
 */
export async function askForBlob(
  { session, authorizer, repository, signal }: Place,
  digest: string,
  from: number,
): Promise<Arriving> {
  const result = await authorizer({
    ...{ route: 'repository', scope: pullScope(repository), accept: '*/*', streams: true, signal },
    url: new URL(`/v2/${repository}/blobs/${digest}`, session.origin),
    mayGoPlain: true,
    headers: from > 0 ? { range: `bytes=${from}-` } : {},
    // Of what is no stream: a redirect's own body.
    limit: limits.refusal,
  });
  const { answer } = result;
  const { stream, status } = answer;
  if (stream && status === 200) return { stream, start: 0, total: lengthOf(answer) };
  const part = partOf(answer);
  if (stream && status === 206 && part.start === from) return { stream, ...part };
  // Nobody reads this one.
  stream?.on('error', () => undefined).destroy();
  if (from > 0 && (status === 206 || status === 416)) {
    const total = status === 416 ? part.total : null;
    return { stream: null, start: from, total };
  }
  expectOk(result, { kind: 'blob', repository, digest }, session);
  return { stream: null, start: 0, total: null };
}

function lengthOf(answer: HttpAnswer): number | null {
  const value = headerOf(answer, 'content-length')?.trim() ?? '';
  return /^\d{1,15}$/.test(value) ? Number(value) : null;
}

/** Reads `Content-Range` (RFC 9110, 14.4): `bytes 5-9/10`, with a star for the whole or the part that is not known. */
function partOf(answer: HttpAnswer): { readonly start: number; readonly total: number | null } {
  const value = headerOf(answer, 'content-range')?.trim() ?? '';
  const match = /^bytes +(?:(\d{1,15})-\d{1,15}|\*)\/(\d{1,15}|\*)$/i.exec(value);
  const [, start, total] = match ?? [];
  return {
    start: start === undefined ? -1 : Number(start),
    total: total === undefined || total === '*' ? null : Number(total),
  };
}
