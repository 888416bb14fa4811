import { Readable } from 'node:stream';
import type { Authorizer, RegistryRequest } from '../../auth/authorizer.ts';
import type { HttpAnswer } from '../../transport/exchange.ts';
import type { FirstPlace } from '../place.ts';

/** What can be asked for: bytes that are at hand, or the layer of an image, by the image's id. */
export type Shelved =
  | { readonly kind: 'bytes'; readonly mediaType: string; readonly bytes: Buffer }
  | { readonly kind: 'layer'; readonly id: string };

/** By tag, digest or id. */
export type Shelf = ReadonlyMap<string, Shelved>;

/**
 * Answers as a registry of today would that holds what is on the shelf: layers come from the registry of the first
 * generation, anew for each question. Nothing else is there.
 */
export function serveFromShelf({ ask, repository }: FirstPlace, shelf: Shelf): Authorizer {
  const path = new RegExp(`^/v2/${repository}/(?:manifests|blobs)/([^/]+)$`);
  return async (request) => {
    const shelved = shelf.get(path.exec(request.url.pathname)?.[1] ?? '');
    const answer =
      shelved?.kind === 'layer'
        ? await ask({
            path: `images/${shelved.id}/layer`,
            subject: { kind: 'blob', repository, digest: shelved.id },
            ...{ limit: request.limit, streams: true, signal: request.signal },
          })
        : bytesAnswer(request, shelved);
    return { answer, username: null, proof: 'none', said: null, wasChallenged: false };
  };
}

function bytesAnswer({ url, method, streams }: RegistryRequest, shelved?: Shelved): HttpAnswer {
  const nothing = { url, body: Buffer.alloc(0) };
  if (shelved?.kind !== 'bytes') return { ...nothing, status: 404, rawHeaders: [] };
  const { mediaType, bytes } = shelved;
  const rawHeaders = ['content-type', mediaType, 'content-length', String(bytes.length)];
  if (streams) return { ...nothing, status: 200, rawHeaders, stream: Readable.from([bytes]) };
  return { url, status: 200, rawHeaders, body: method === 'HEAD' ? nothing.body : bytes };
}
