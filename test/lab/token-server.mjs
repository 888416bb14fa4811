// A token server to the distribution project's token specification, GET and POST (docs/spec/auth/{token,oauth}.md).
// Run by token-server.ts, in the registries' network namespace: token-server.mjs SETUP, a JSON file.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';
import { formatScopes, grant, issueToken } from './token-server-claims.mjs';

/** @typedef {import('./token-server-claims.mjs').Rank} Rank */
/** @typedef {{ account: string, rank: Rank }} Person */
/** @typedef {{ certPem: string, keyPem: string }} Signer */
/** @typedef {{ password: string, rank: Rank }} User */
/** @typedef {import('./token-server.ts').TokenSettings} Settings */
/**
 * @typedef {{
 *   ip: string, port: number, issuer: string, service: string, settingsPath: string,
 *   tls: Signer, signer: Signer, users: Record<string, User>,
 * }} Setup
 */
/** @typedef {{ status: number, answer: object, told: object }} Reply */

/** @type {Setup} */
const setup = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
/** @type {Person} */
const anonymous = { account: '', rank: 'anonymous' };
/** Refresh tokens that were handed out: who has one, and of which generation it is. @type {Map<string, Person & { generation: number }>} */
const refreshTokens = new Map();

/** @param {string | null} username @param {string | null} password @returns {Person | undefined} */
function signIn(username, password) {
  const user = Object.hasOwn(setup.users, username ?? '') ? setup.users[username ?? ''] : undefined;
  if (user === undefined || user.password !== password) return undefined;
  return { account: username ?? '', rank: user.rank };
}

/** @param {number} status @param {string} code @param {string} message @param {object} told @returns {Reply} */
const refuse = (status, code, message, told) => ({
  ...{ status, told },
  // The one form that clients of both ways read: RFC 6749, 5.2, and the registry's own errors.
  answer: { error: code, error_description: message, errors: [{ code, message }] },
});

/**
 * @param {Person} person @param {URLSearchParams} asked @param {readonly string[]} scopes
 * @param {boolean} wantsRefresh @param {Settings} settings @param {object} told @returns {Reply}
 */
function hand(person, asked, scopes, wantsRefresh, settings, told) {
  const { account, rank } = person;
  const service = asked.get('service') ?? '';
  if (service !== setup.service) return refuse(400, 'invalid_request', 'unknown service', told);
  const granted = grant(rank, scopes);
  const wish = { ...setup, account, granted, lifetime: settings.lifetime };
  const token = issueToken(setup.signer, wish);
  const isKept = wantsRefresh && settings.refreshTokens && rank !== 'anonymous';
  const refresh = isKept ? { refresh_token: randomBytes(24).toString('base64url') } : {};
  if (refresh.refresh_token !== undefined) {
    refreshTokens.set(refresh.refresh_token, { ...person, generation: settings.generation });
  }
  const answer = {
    ...{ token, access_token: token, issued_at: new Date().toISOString(), ...refresh },
    ...(settings.expiresIn === null ? {} : { expires_in: settings.expiresIn }),
    scope: formatScopes(granted).join(' '),
  };
  return {
    ...{ status: 200, answer },
    told: { ...told, account, granted: formatScopes(granted), refresh: isKept },
  };
}

/** @param {URL} url @param {string} authorization @param {Settings} settings @returns {Reply} */
function answerGet({ searchParams: asked }, authorization, settings) {
  const scopes = asked.getAll('scope').flatMap((one) => one.split(' '));
  const told = { way: 'get', scopes };
  const basic = /^Basic (.+)$/i.exec(authorization)?.[1];
  const [, username = '', password = ''] =
    /^([^:]*):(.*)$/s.exec(Buffer.from(basic ?? '', 'base64').toString()) ?? [];
  const person = basic === undefined ? anonymous : signIn(username, password);
  if (person === undefined || (person === anonymous && !settings.anonymousPull)) {
    const message = 'incorrect username or password';
    return refuse(401, 'UNAUTHORIZED', message, { ...told, account: username });
  }
  const wantsRefresh = asked.get('offline_token') === 'true';
  return hand(person, asked, scopes, wantsRefresh, settings, told);
}

/** @param {URLSearchParams} asked @param {Settings} settings @returns {Reply} */
function answerPost(asked, settings) {
  const way = asked.get('grant_type') ?? '';
  const scopes = (asked.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  const told = { way, scopes };
  if (!settings.post) return refuse(404, 'unsupported', 'there is no such page', told);
  if (way === 'password') {
    const username = asked.get('username');
    const person = signIn(username, asked.get('password'));
    const wantsRefresh = asked.get('access_type') === 'offline';
    if (person !== undefined) return hand(person, asked, scopes, wantsRefresh, settings, told);
    const message = 'incorrect username or password';
    return refuse(401, 'invalid_grant', message, { ...told, account: username ?? '' });
  }
  if (way !== 'refresh_token') return refuse(400, 'unsupported_grant_type', way, told);
  const known = refreshTokens.get(asked.get('refresh_token') ?? '');
  if (known === undefined || known.generation !== settings.generation) {
    return refuse(401, 'invalid_grant', 'the refresh token is not valid any more', told);
  }
  return hand(known, asked, scopes, false, settings, told);
}

/** @returns {Settings} */
const readSettings = () => JSON.parse(readFileSync(setup.settingsPath, 'utf8'));

/** What was asked, and what came of it; no secret. @param {object} told */
const tell = (told) =>
  console.log(JSON.stringify({ way: '', account: '', scopes: [], granted: [], ...told }));

/** Waits while answers are held. @returns {Promise<Settings>} */
async function whenSettled() {
  if (readSettings().mood === 'held') tell({ refresh: false, status: 0, agent: '' });
  while (readSettings().mood === 'held') await sleep(20);
  return readSettings();
}

/** @param {import('node:http').IncomingMessage} request @returns {Promise<Reply | undefined>} undefined: none at all */
async function answer(request) {
  const url = new URL(request.url ?? '', setup.issuer);
  const settings = await whenSettled();
  if (settings.mood === 'cut') return undefined;
  if (settings.mood === 'broken') return refuse(503, 'UNAVAILABLE', 'try again later', {});
  if (url.pathname !== '/token') return refuse(404, 'NOT_FOUND', 'no such page', { way: '' });
  if (request.method === 'GET') {
    return answerGet(url, request.headers.authorization ?? '', settings);
  }
  let form = '';
  for await (const chunk of request.setEncoding('utf8')) form += chunk;
  return answerPost(new URLSearchParams(form), settings);
}

createServer({ cert: setup.tls.certPem, key: setup.tls.keyPem }, async (request, response) => {
  const reply = await answer(request);
  const agent = request.headers['user-agent'] ?? '';
  if (reply === undefined) {
    tell({ refresh: false, status: 0, agent });
    response.destroy();
    return;
  }
  const { status, answer: body, told } = reply;
  tell({ refresh: false, ...told, status, agent });
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' });
  response.end(JSON.stringify(body));
}).listen(setup.port, setup.ip);
