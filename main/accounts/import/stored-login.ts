import { createHash } from 'node:crypto';
import { type Problem, problem } from '../../../shared/errors/index.ts';
import { splitAddress } from '../../../shared/model/address-grammar.ts';
import type { FoundLogin, LoginOrigin, LoginRisk } from '../../../shared/model/found-login.ts';
import { plainText } from '../../../shared/model/plain-text.ts';
import { hubOfToken, serverKey, shownAddress } from '../server-key.ts';
import { withoutUser } from '../without-user.ts';

/** A login where it stands, before it was looked up in Regent; its `key` as it stands there, never to be shown so. */
export type StoredLogin = Omit<FoundLogin, 'isKnown'>;

/** What is known of a login at its place; `key` as it stands there. */
interface Sighting {
  readonly origin: LoginOrigin;
  readonly key: string;
  readonly username: string | null;
  readonly risks: readonly LoginRisk[];
  readonly problem: Problem | null;
}

/** Names the registry of a login. A name that is not a registry's is shown as it is, with the problem. */
export function storedLogin({
  origin,
  key,
  username,
  risks,
  problem: known,
}: Sighting): StoredLogin {
  const id = idOf(origin, key);
  const address = shownAddress(key);
  const isRegistry = splitAddress(address) !== undefined || hubOfToken(address) !== undefined;
  if (isRegistry) return { ...{ id, address, key, username, origin, risks }, problem: known };
  const shown = plainText(withoutUser(key), 200);
  const unreadable = problem('LOGIN_UNREADABLE', { key: shown, place: placeOf(origin) });
  return { ...{ id, address: shown, key, username, origin, risks }, problem: unreadable };
}

/** A file or a helper that can't be read at all, in the place of the logins that may be there. */
export function unreadablePlace(origin: LoginOrigin, why: Problem): StoredLogin {
  const nothing = { address: '', key: '', username: null, risks: [] };
  return { id: idOf(origin, ''), ...nothing, origin, problem: why };
}

/** A place as people name it. */
export function placeOf(origin: LoginOrigin): string {
  return origin.kind === 'docker-helper' ? `docker-credential-${origin.helper}` : origin.path;
}

/** The registry that a key belongs to; docker's own token keys belong to Docker Hub. */
export function registryOf(key: string): string {
  return shownAddress(hubOfToken(serverKey(key)) ?? key);
}

/** Made of the place and the key alone: nothing of the secret is in it. */
function idOf(origin: LoginOrigin, key: string): string {
  const text = JSON.stringify([origin.kind, placeOf(origin), key]);
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
