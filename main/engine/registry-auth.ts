import { IDENTITY_TOKEN_USER } from '../../shared/model/identity-token.ts';

/** A login to hand to the engine for one request. */
export interface EngineAuth {
  readonly username: string;
  readonly password: string;
}

/** The login in the words of the Engine API; the engine keeps none of it. */
export function authConfig(address: string, auth: EngineAuth): Readonly<Record<string, string>> {
  return auth.username === IDENTITY_TOKEN_USER
    ? { identitytoken: auth.password, serveraddress: address }
    : { username: auth.username, password: auth.password, serveraddress: address };
}

/**
 * The `X-Registry-Auth` header of one request: JSON in base64url **with** padding. Without padding, or in the
 * standard alphabet, Docker silently goes on without a login and Podman refuses. Nobody is `{}`, said in so many
 * words, because Podman's service looks for logins of its own when the header is missing.
 */
export function registryAuthHeader(address: string, auth: EngineAuth | null): string {
  const json = JSON.stringify(auth ? authConfig(address, auth) : {});
  return Buffer.from(json, 'utf8').toString('base64').replaceAll('+', '-').replaceAll('/', '_');
}
