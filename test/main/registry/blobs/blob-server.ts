import { createHash } from 'node:crypto';
import type { Answer, Reply, SeenRequest } from '../../../fakes/registry.ts';

/** A blob of so many bytes that differ from place to place, and its digest. */
export function makeBlob(length: number): { readonly bytes: Buffer; readonly digest: string } {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8) * 17 + (at >> 16)) & 0xff;
  return { bytes, digest: digestOf(bytes) };
}

/** The SHA-256 digest of bytes. */
export function digestOf(bytes: Buffer, algorithm = 'sha256'): string {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
}

/** Serves bytes as a registry with ranges does; each request for them may be tampered with. */
export function serveBlob(
  bytes: Buffer,
  tamper: (reply: Reply & { readonly body: Buffer }, request: SeenRequest) => Reply = (it) => it,
): Answer {
  return (request) => {
    const from = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
    const type = { 'content-type': 'application/octet-stream' };
    if (!from) return tamper({ headers: type, body: bytes }, request);
    const start = Number(from[1]);
    if (start >= bytes.length) {
      return { status: 416, headers: { 'content-range': `bytes */${bytes.length}` } };
    }
    const end = from[2] ? Math.min(Number(from[2]) + 1, bytes.length) : bytes.length;
    const range = `bytes ${start}-${end - 1}/${bytes.length}`;
    const body = bytes.subarray(start, end);
    return tamper({ status: 206, headers: { ...type, 'content-range': range }, body }, request);
  };
}
