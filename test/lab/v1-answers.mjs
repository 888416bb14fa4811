// What a registry of the first generation answers (python docker-registry 0.6 to 0.9), as its source has it.
import { createHash } from 'node:crypto';

/**
 * @typedef {object} V1Image `layer`: base64.
 * @property {string} json
 * @property {string} layer
 * @property {readonly string[]} ancestry
 */
/**
 * @typedef {object} V1Setup
 * @property {'0.6' | '0.8' | '0.9'} version
 * @property {'True' | 'False' | 'mirror'} standalone `False`: it takes only tokens, which the index at the same address gives.
 * @property {string | null} login `user:password`, for everything but the ping
 * @property {readonly { readonly name: string, readonly description: string | null }[] | null} search null: without an index
 * @property {Readonly<Record<string, Readonly<Record<string, string>>>>} repositories with their tags
 * @property {Readonly<Record<string, V1Image>>} images
 * @property {readonly string[]} endpoints where the index says that the images are
 * @property {string | null} storage where layers are sent from instead: the beginning of URLs that end with the id
 */
/**
 * @typedef {object} V1Request
 * @property {string} path
 * @property {URLSearchParams} query
 * @property {Readonly<Record<string, string | readonly string[] | undefined>>} headers
 */
/** @typedef {{ status: number, headers: Record<string, string>, body: Buffer | string }} V1Answer */

const FLASK_404 =
  '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 3.2 Final//EN">\n<title>404 Not Found</title>\n<h1>Not Found</h1>\n<p>The requested URL was not found on the server.</p>\n';

/** The token of the index, for every repository the same. */
export const V1_TOKEN = 'signature=123abc,repository="library/app",access=read';

/** @param {unknown} body @param {number} status @param {Record<string, string>} headers @returns {V1Answer} */
const json = (body, status = 200, headers = {}) => ({
  status,
  headers: { 'content-type': 'application/json', ...headers },
  body: JSON.stringify(body),
});

/** @param {V1Setup} setup @returns {V1Answer} */
function pong({ version, standalone }) {
  const named = version === '0.9' ? {} : { 'x-docker-registry-version': `${version}.0` };
  const stands = version === '0.6' ? {} : { 'x-docker-registry-standalone': standalone };
  return json(version === '0.9' ? {} : true, 200, { ...named, ...stands });
}

/** @param {string} wanted the challenge @returns {V1Answer} */
const refuse = (wanted) =>
  json({ error: 'Requires authorization' }, 401, { 'www-authenticate': wanted });

/** @param {V1Setup} setup @param {V1Request} request @returns {V1Answer} */
export function answerV1(setup, { path, query, headers }) {
  if (path === '/v1/_ping' || path === '/_ping') return pong(setup);
  const { login, standalone } = setup;
  const isIn =
    login === null || headers.authorization === `Basic ${Buffer.from(login).toString('base64')}`;
  const isFederated = standalone === 'False';
  const index = /^\/v1\/repositories\/(.+)\/images$/.exec(path);
  const tags = /^\/v1\/repositories\/(.+?)\/tags(?:\/([^/]+))?$/.exec(path);
  const image = /^\/v1\/images\/([0-9a-f]{16}|[0-9a-f]{64})\/(json|ancestry|layer)$/.exec(path);
  // A proxy that wants a login wants it for anything, the index for what it knows.
  if (!isIn && (!isFederated || index)) return refuse('Basic realm="docker-registry"');
  if (isFederated && (tags || image) && headers.authorization !== `Token ${V1_TOKEN}`) {
    return refuse('Token');
  }
  if (path === '/v1/search') return search(setup, query.get('q') ?? '');
  if (index) return images(setup, repositoryOf(index[1] ?? ''));
  if (tags) return tagsOf(setup, repositoryOf(tags[1] ?? ''), tags[2]);
  if (image) return imageOf(setup, image[1] ?? '', image[2] ?? '', headers);
  return { status: 404, headers: { 'content-type': 'text/html' }, body: FLASK_404 };
}

/** @param {string} name */
const repositoryOf = (name) => (name.includes('/') ? name : `library/${name}`);

/** @param {V1Setup} setup @param {string} q */
function search({ search: index }, q) {
  const results = (index ?? []).filter(
    ({ name, description }) => name.includes(q) || (description ?? '').includes(q),
  );
  return json({ query: q, num_results: results.length, results });
}

/** @param {V1Setup} setup @param {string} name */
function images({ repositories, images: all, endpoints }, name) {
  const tags = repositories[name];
  if (tags === undefined) return json({ error: 'images not found' }, 404);
  const ids = new Set(Object.values(tags).flatMap((id) => all[id]?.ancestry ?? []));
  return json(
    [...ids].map((id) => ({ id })),
    200,
    {
      'x-docker-token': V1_TOKEN,
      'x-docker-endpoints': endpoints.join(', '),
      'www-authenticate': `Token ${V1_TOKEN}`,
    },
  );
}

/** @param {V1Setup} setup @param {string} name @param {string | undefined} tag */
function tagsOf({ repositories }, name, tag) {
  const tags = repositories[name];
  if (tags === undefined) return json({ error: 'Repository not found' }, 404);
  if (tag === undefined) return json(tags);
  const id = tags[tag];
  return id === undefined ? json({ error: 'Tag not found' }, 404) : json(id);
}

/**
 * @param {V1Setup} setup @param {string} id @param {string} part
 * @param {V1Request['headers']} headers @returns {V1Answer}
 */
function imageOf({ images: all, version, storage }, id, part, headers) {
  const image = all[id];
  if (image === undefined) return json({ error: 'Image not found' }, 404);
  // Whatever the date: images never change.
  if (headers['if-modified-since'] !== undefined) return { status: 304, headers: {}, body: '' };
  const lasting = {
    'cache-control': 'public, max-age=31536000',
    'last-modified': 'Thu, 01 Jan 1970 00:00:00 GMT',
  };
  const layer = Buffer.from(image.layer, 'base64');
  if (part === 'ancestry') return json(image.ancestry, 200, lasting);
  if (part === 'layer' && storage !== null) {
    return { status: 302, headers: { location: `${storage}${id}` }, body: '' };
  }
  if (part === 'layer') {
    return {
      status: 200,
      headers: { ...lasting, 'content-type': 'application/octet-stream' },
      body: layer,
    };
  }
  const checksum = {
    0.6: 'x-docker-checksum',
    0.8: 'x-docker-payload-checksum',
    0.9: 'x-docker-checksum-payload',
  };
  const sized = {
    'x-docker-size': String(layer.length),
    [checksum[version]]:
      `sha256:${createHash('sha256').update(`${image.json}\n`).update(layer).digest('hex')}`,
  };
  return {
    status: 200,
    headers: { ...lasting, ...sized, 'content-type': 'application/json' },
    body: image.json,
  };
}
