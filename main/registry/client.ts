import { RegentError } from '../../shared/errors/index.ts';
import { isDigest } from '../../shared/model/digest.ts';
import type { Tag } from '../../shared/model/image.ts';
import { isRepository, isTag } from '../../shared/model/reference.ts';
import type { LoginListener } from './auth/authorizer.ts';
import type { Credentials } from './auth/credentials.ts';
import type { PlacedContent } from './cache/content-store.ts';
import { isUnchanged } from './cache/is-unchanged.ts';
import { listRepositories } from './catalog.ts';
import { checkLogin } from './check-login.ts';
import { describeTag } from './describe/describe-tag.ts';
import { ping } from './ping.ts';
import type { Place } from './place.ts';
import { openSession, type SessionOptions } from './session.ts';
import { listTags } from './tags.ts';

/** Where the registry is, whom to trust, and how to get at the login when one is asked for. */
export interface RegistryClientOptions extends SessionOptions {
  /** Read when the registry asks, kept in memory until it refuses. May reject, as a locked keychain does. */
  readonly credentials: () => Promise<Credentials | null>;
  /** Told whether the registry took that login; not of logins that are only checked. */
  readonly onAnswer?: LoginListener;
  /** What that login has seen of each repository before; without it, nothing is kept. */
  readonly contentOf?: (repository: string) => PlacedContent;
}

/**
 * One registry, spoken to over one pool of connections. Every method takes a signal and rejects with a
 * RegentError: those of the way there (`HOST_UNKNOWN`, `CERT_UNTRUSTED` …), those of the login
 * (`SIGN_IN_REQUIRED`, `CREDENTIALS_REJECTED`, `ACCESS_DENIED`, `REALM_FOREIGN` …), `RATE_LIMITED`,
 * `REGISTRY_ERROR`, and `CANCELLED`.
 */
export interface RegistryClient {
  /** Whether a registry is there and accepts the login. `username` is null where it wanted to know nobody. */
  ping(signal: AbortSignal): Promise<{ readonly username: string | null }>;
  /** All repositories, page by page. Rejects with `CATALOG_UNAVAILABLE` where the list is closed. */
  listRepositories(signal: AbortSignal): AsyncGenerator<readonly string[], void, void>;
  /** All tags, sorted for people. Rejects with `REPOSITORY_NOT_FOUND`, `REFERENCE_INVALID`. */
  listTags(repository: string, signal: AbortSignal): Promise<readonly string[]>;
  /**
   * What is behind a tag or a digest; `known`, if the registry confirms that the tag has that digest still. Rejects with
   * `TAG_NOT_FOUND`, `DIGEST_MISMATCH` …
   */
  describeTag(repository: string, tag: string, signal: AbortSignal, known?: Tag): Promise<Tag>;
  /** A repository to work in, for as long as the signal does not fire. Throws `REFERENCE_INVALID`. */
  at(repository: string, signal: AbortSignal): Place;
  /** Proves a login. Rejects with `CREDENTIALS_REJECTED`, `IDENTITY_TOKEN_…`, or `SIGN_IN_NOT_NEEDED`. */
  checkLogin(credentials: Credentials, signal: AbortSignal): Promise<void>;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Makes a client; nothing is sent before the first call. */
export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const session = openSession(options);
  const authorizer = session.authorize(options.credentials, options.onAnswer);
  const at = (repository: string, signal: AbortSignal): Place => {
    const content = options.contentOf?.(repository);
    return { session, authorizer, repository, signal, content };
  };
  return {
    ping: async (signal) => {
      const { username } = await ping(session, authorizer, signal);
      return { username };
    },
    listRepositories: (signal) => listRepositories(session, authorizer, signal),
    listTags: async (repository, signal) => {
      checkNames(repository);
      return listTags(session, authorizer, repository, signal);
    },
    describeTag: async (repository, tag, signal, known) => {
      checkNames(repository, tag);
      const place = at(repository, signal);
      if (known && (await isUnchanged(place, known))) return known;
      return describeTag(place, tag);
    },
    at: (repository, signal) => {
      checkNames(repository);
      return at(repository, signal);
    },
    checkLogin: (credentials, signal) => checkLogin(session, credentials, signal),
    close: () => session.close(),
  };
}

/** Names become parts of URLs, so only what the grammar allows gets there. */
function checkNames(repository: string, name = 'latest'): void {
  if (isRepository(repository) && (isTag(name) || isDigest(name))) return;
  throw new RegentError('REFERENCE_INVALID', { input: `${repository}:${name}`.slice(0, 200) });
}
