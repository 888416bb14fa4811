// Docker Hub's web API, as far as its documents and clients that work with it tell (docs.docker.com/reference/api/hub,
// docker/hub-tool): tokens, namespaces' repositories, tags, organisations and the search. Used by docker-hub-sign-in.mjs.
import { randomBytes } from 'node:crypto';

/** Questions that Hub lets somebody ask in a minute, as it says; nobody counts here. */
const LIMIT = 180;

/**
 * @typedef {{ readonly name: string, readonly description: string, readonly isPrivate: boolean, readonly tags: readonly object[] }} Repository
 * @typedef {{ readonly username: string, readonly password: string, readonly organisations: readonly string[], readonly namespaces: Readonly<Record<string, readonly Repository[]>> }} Setup
 * @typedef {{ readonly method: string, readonly url: URL, readonly body: string, readonly authorization: string }} Question
 * @typedef {{ readonly status: number, readonly body: object, readonly headers?: Record<string, string> }} Answer
 */

/** @param {Setup} setup */
export function createHubApi({ username, password, organisations, namespaces }) {
  /** @type {Set<string>} */
  const tokens = new Set();
  const now = () => Math.floor(Date.now() / 1000);
  /** @type {Map<string, number>} */
  const turnedAway = new Map();

  /** @param {Question} question */
  const isSignedIn = ({ authorization }) => tokens.has(authorization.replace(/^Bearer /, ''));

  /** @param {URL} url @param {readonly object[]} all @returns {Answer} */
  const pageOf = (url, all) => {
    const size = Math.min(100, Number(url.searchParams.get('page_size') ?? 10));
    const page = Number(url.searchParams.get('page') ?? 1);
    /** @param {number} number */
    const link = (number) => {
      const other = new URL(url);
      other.searchParams.set('page', String(number));
      return other.href;
    };
    const results = all.slice((page - 1) * size, page * size);
    const next = page * size < all.length ? link(page + 1) : null;
    const previous = page > 1 ? link(page - 1) : null;
    return { status: 200, body: { count: all.length, next, previous, results } };
  };

  /** @returns {Answer} */
  const unknown = () => ({ status: 404, body: { message: 'object not found', errinfo: {} } });

  /** @param {Question} question @returns {Answer} */
  const signIn = ({ body }) => {
    const { identifier, secret } = JSON.parse(body);
    if (identifier !== username || secret !== password) {
      return { status: 401, body: { detail: 'Incorrect authentication credentials' } };
    }
    const token = `lab.${randomBytes(300).toString('base64url')}.${randomBytes(64).toString('base64url')}`;
    tokens.add(token);
    return { status: 200, body: { access_token: token } };
  };

  /** @param {Question} question @returns {Answer} */
  const search = ({ url }) => {
    const query = url.searchParams.get('query') ?? '';
    const times = (turnedAway.get(query) ?? 0) + 1;
    turnedAway.set(query, times);
    // `busy` is answered a moment later, `exhausted` not for ten minutes.
    const wait = query === 'exhausted' ? 600 : query === 'busy' && times === 1 ? 1 : 0;
    if (wait > 0) {
      const headers = { 'X-Retry-After': String(now() + wait) };
      return { status: 429, headers, body: { detail: 'Rate limit exceeded', error: false } };
    }
    const hits = Object.entries(namespaces).flatMap(([namespace, repositories]) =>
      repositories
        .filter(({ isPrivate }) => !isPrivate)
        .map(({ name, description }) => ({
          repo_name: namespace === 'library' ? name : `${namespace}/${name}`,
          ...{ short_description: description, star_count: 1, pull_count: 1, repo_owner: '' },
          ...{ is_automated: false, is_official: namespace === 'library' },
        }))
        .filter((hit) => `${hit.repo_name} ${hit.short_description}`.includes(query)),
    );
    return pageOf(url, hits);
  };

  /** @param {Question} question @returns {Answer} */
  const tellOfNamespace = (question) => {
    const { url } = question;
    const [, namespace = '', rest] =
      /^\/v2\/namespaces\/([^/]+)\/repositories(?:\/(.*))?$/.exec(url.pathname) ?? [];
    const visible = namespaces[namespace]?.filter(
      ({ isPrivate }) => !isPrivate || isSignedIn(question),
    );
    if (!visible) return unknown();
    if (!rest) {
      const told = visible.map(({ name, description, isPrivate }) => ({
        ...{ name, namespace, description, is_private: isPrivate, repository_type: 'image' },
        ...{ status: 1, star_count: 0, pull_count: 0, last_updated: '2026-11-20T08:00:00.000000Z' },
      }));
      return pageOf(url, told);
    }
    const [name, tags, tag] = rest.split('/');
    const repository = visible.find((one) => one.name === name);
    if (!repository || tags !== 'tags') return unknown();
    if (tag === undefined) return pageOf(url, repository.tags);
    const found = repository.tags.find((one) => 'name' in one && one.name === tag);
    return found ? { status: 200, body: found } : unknown();
  };

  /** @param {Question} question @returns {Answer} */
  const answer = (question) => {
    const { method, url } = question;
    if (method === 'POST' && url.pathname === '/v2/auth/token') return signIn(question);
    if (url.pathname === '/v2/search/repositories/') return search(question);
    if (url.pathname === '/v2/user/orgs/') {
      if (!isSignedIn(question)) return { status: 401, body: { message: 'unauthorized' } };
      const orgs = organisations.map((orgname) => ({
        orgname,
        full_name: orgname,
        type: 'Organization',
      }));
      return pageOf(url, orgs);
    }
    return tellOfNamespace(question);
  };

  return {
    isSignedIn,
    /** @param {Question} question @returns {Answer} */
    answer: (question) => {
      const { headers, ...given } = answer(question);
      const budget = {
        ...{ 'X-RateLimit-Limit': String(LIMIT), 'X-RateLimit-Remaining': String(LIMIT - 1) },
        'X-RateLimit-Reset': String(now() + 60),
      };
      return { ...given, headers: { ...budget, ...headers } };
    },
  };
}
