// What the token server knows of the token specification: scopes, who may do what, and the token itself
// (distribution: docs/spec/auth/{scope,token,jwt}.md).
import { createSign, randomUUID, X509Certificate } from 'node:crypto';

/** @typedef {{ type: string, name: string, actions: string[] }} Access */
/** @typedef {'owner' | 'reader' | 'anonymous'} Rank */

/** A registry takes a token for so many seconds after its end, for clocks that differ (registry/auth/token/token.go). */
const leeway = 60;

/**
 * Reads `type:name:action,action`. A name may hold a colon of its own, that of a host and port.
 * @param {string} scope @returns {Access[]} nothing for what is no scope
 */
function readScope(scope) {
  const match = /^([^:]+):(.+):([^:]*)$/.exec(scope);
  if (match === null) return [];
  const [, type = '', name = '', actions = ''] = match;
  return [{ type, name, actions: actions.split(',').filter((action) => action !== '') }];
}

/** @param {Rank} rank @param {Access} access */
function mayDo(rank, { type, actions }) {
  if (rank === 'owner') return actions;
  // The catalogue tells of every repository, so that is for the owner alone.
  return type === 'repository' ? actions.filter((action) => action === 'pull') : [];
}

/**
 * The part of what was asked for that somebody of this rank gets; the specification wants less, not an error.
 * @param {Rank} rank @param {readonly string[]} scopes @returns {Access[]}
 */
export function grant(rank, scopes) {
  return scopes
    .flatMap(readScope)
    .map((access) => ({ ...access, actions: mayDo(rank, access) }))
    .filter(({ actions }) => actions.length > 0);
}

/** @param {readonly Access[]} granted @returns {string[]} as scopes are written */
export const formatScopes = (granted) =>
  granted.map(({ type, name, actions }) => `${type}:${name}:${actions.join(',')}`);

/** @param {object} part */
const encode = (part) => Buffer.from(JSON.stringify(part)).toString('base64url');

/**
 * A signed token that the registry takes for `lifetime` seconds from now.
 * @param {{ certPem: string, keyPem: string }} signer its certificate is in the registry's `rootcertbundle`
 * @param {{ issuer: string, service: string, account: string, lifetime: number, granted: readonly Access[] }} wish
 */
export function issueToken(signer, { issuer, service, account, lifetime, granted }) {
  const now = Math.floor(Date.now() / 1000);
  const x5c = [new X509Certificate(signer.certPem).raw.toString('base64')];
  const header = { typ: 'JWT', alg: 'RS256', x5c };
  const claims = {
    ...{ iss: issuer, sub: account, aud: service, jti: randomUUID() },
    ...{ iat: now, nbf: now - leeway, exp: now + lifetime - leeway },
    access: granted,
  };
  const signed = `${encode(header)}.${encode(claims)}`;
  const signature = createSign('RSA-SHA256').update(signed).sign(signer.keyPem, 'base64url');
  return `${signed}.${signature}`;
}
