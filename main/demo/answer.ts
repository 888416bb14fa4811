import type { Blob } from './image.ts';
import { type Reply, replyBytes, replyError, replyJson, replyPage } from './reply.ts';
import type { Shelf } from './shelf.ts';

/** What counts of a request. */
export interface Question {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
  readonly ifNoneMatch: string | undefined;
}

/** OCI distribution specification 1.1: names of repositories, and what may follow them. */
const CONTENT =
  /^\/v2\/([a-z0-9]+(?:[._/-]+[a-z0-9]+)*)\/(?:(tags)\/list|(manifests|blobs)\/([^/]+))$/;

/** Answers as a read-only registry would: it lists, it hands out, it takes nothing. */
export function answer(shelf: Shelf, question: Question): Reply {
  const { method, path, query } = question;
  if (method !== 'GET' && method !== 'HEAD') {
    return replyError(405, 'UNSUPPORTED', 'the demo registry is read-only', { allow: 'GET, HEAD' });
  }
  if (path === '/v2/' || path === '/v2') return replyJson(200, {});
  if (path === '/v2/_catalog') {
    const names = [...shelf.keys()].sort();
    return replyPage(path, query, names, (repositories) => ({ repositories }));
  }
  const match = CONTENT.exec(path);
  if (!match) return replyError(404, 'NOT_FOUND', 'there is nothing here');
  const [, name = '', tags, kind, reference = ''] = match;
  const repository = shelf.get(name);
  if (!repository) return replyError(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  if (tags) {
    const names = [...repository.tags.keys()].sort();
    return replyPage(path, query, names, (page) => ({ name, tags: page }));
  }
  if (kind === 'blobs') {
    const blob = repository.blobs.get(reference);
    if (!blob) return replyError(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
    return hand({ ...blob, mediaType: 'application/octet-stream' }, question);
  }
  const manifest = repository.manifests.get(repository.tags.get(reference) ?? reference);
  if (!manifest) return replyError(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  return hand(manifest, question);
}

function hand({ bytes, digest, mediaType }: Blob, { range, ifNoneMatch }: Question): Reply {
  const etag = `"${digest}"`;
  const headers = {
    'content-type': mediaType,
    'docker-content-digest': digest,
    'accept-ranges': 'bytes',
    etag,
  };
  const known = ifNoneMatch?.split(',').some((tag) => tag.trim().replace(/^W\//, '') === etag);
  if (known) return { status: 304, headers, body: Buffer.alloc(0) };
  return replyBytes(bytes, headers, range);
}
