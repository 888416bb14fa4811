import { RegentError } from '../../shared/errors/index.ts';
import { isDigest } from '../../shared/model/digest.ts';
import type { Tag } from '../../shared/model/image.ts';
import type { ImageDetails } from '../../shared/model/image-details.ts';
import { isRepository, isTag } from '../../shared/model/reference.ts';
import type { LoginListener } from './auth/authorizer.ts';
import type { Credentials } from './auth/credentials.ts';
import type { PlacedContent } from './cache/content-store.ts';
import { isUnchanged } from './cache/is-unchanged.ts';
import { listRepositories } from './catalog.ts';
import { checkLogin } from './check-login.ts';
import { describeTag } from './describe/describe-tag.ts';
import { inspect } from './describe/inspect.ts';
import type { Finding } from './finding.ts';
import { openHub } from './hub/hub.ts';
import { type Generation, ping } from './ping.ts';
import type { Place } from './place.ts';
import { openSession, type SessionOptions } from './session.ts';
import { listTags } from './tags.ts';
import { byGeneration, findByGeneration } from './v1/by-generation.ts';
import { convertImage } from './v1/convert/convert-image.ts';
import { openFirstRegistry } from './v1/first-registry.ts';
import { recognising } from './v1/recognise.ts';

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
 * `REGISTRY_ERROR`, and `CANCELLED`. A registry of the first generation (v1) is read like any other by the methods that
 * say nothing else; all that is done at a place rejects with `REGISTRY_IS_V1` there.
 */
export interface RegistryClient extends Finding {
  /** Whether a registry is there and accepts the login. `username` is null where it wanted to know nobody. */
  ping(
    signal: AbortSignal,
  ): Promise<{ readonly username: string | null; readonly api: Generation }>;
  /** Whether it has turned out to be of the first generation; nothing is sent for that. */
  isFirstGeneration(): boolean;
  /** All tags, sorted for people. Rejects with `REPOSITORY_NOT_FOUND`, `REFERENCE_INVALID`. */
  listTags(repository: string, signal: AbortSignal): Promise<readonly string[]>;
  /**
   * What is behind a tag or a digest; `known`, if the registry confirms that the tag has that digest still. Rejects with
   * `TAG_NOT_FOUND`, `DIGEST_MISMATCH` …
   */
  describeTag(repository: string, tag: string, signal: AbortSignal, known?: Tag): Promise<Tag>;
  /**
   * All that an image or artifact tells of itself. Rejects with `TAG_NOT_FOUND`, `DIGEST_MISMATCH`, `PLATFORM_NOT_FOUND` …
   */
  inspect(
    repository: string,
    reference: string,
    signal: AbortSignal,
    platform?: string,
  ): Promise<ImageDetails>;
  /**
   * Where an image can be read whole, layer by layer, as one of today: in its repository, or, of the first generation, where
   * it is made one. Rejects as `convertImage` does there.
   */
  imageAt(repository: string, reference: string, signal: AbortSignal): Promise<Place>;
  /** A repository to work in, for as long as the signal does not fire. Throws `REFERENCE_INVALID`. */
  at(repository: string, signal: AbortSignal): Place;
  /** Proves a login. Rejects with `CREDENTIALS_REJECTED`, `IDENTITY_TOKEN_…`, or `SIGN_IN_NOT_NEEDED`. */
  checkLogin(credentials: Credentials, signal: AbortSignal): Promise<void>;
  /** Ends all connections, and all that is under way or begun later with `CANCELLED`. */
  close(): Promise<void>;
}

/** Makes a client; nothing is sent before the first call. */
export function createRegistryClient(options: RegistryClientOptions): RegistryClient {
  const session = openSession(options);
  const plain = session.authorize(options.credentials, options.onAnswer);
  const { authorizer, firstPong, recognise } = recognising(session, plain);
  const first = openFirstRegistry(session, plain, firstPong);
  const hub = openHub(options);
  const at = (repository: string, signal: AbortSignal): Place => {
    const content = options.contentOf?.(repository);
    return { session, authorizer, repository, signal, content };
  };
  const list = (signal: AbortSignal) => listRepositories(session, authorizer, signal);
  return {
    ping: async (signal) => {
      const { username, api } = await ping(session, plain, signal);
      return { username, api };
    },
    isFirstGeneration: () => firstPong() !== undefined,
    ...(hub ?? findByGeneration(list, first)),
    listTags: async (repository, signal) => {
      checkNames(repository);
      return byGeneration(
        () => listTags(session, authorizer, repository, signal),
        () => first.tags(repository, signal),
      );
    },
    describeTag: async (repository, tag, signal, known) => {
      checkNames(repository, tag);
      const place = at(repository, signal);
      if (hub && isTag(tag)) return hub.describeTag(place, tag);
      return byGeneration(
        async () => (known && (await isUnchanged(place, known)) ? known : describeTag(place, tag)),
        () => first.describeTag(repository, tag, signal, known),
      );
    },
    inspect: async (repository, reference, signal, platform) => {
      checkNames(repository, reference);
      return byGeneration(
        () => inspect(at(repository, signal), reference, platform),
        () => first.inspect(repository, reference, signal, platform),
      );
    },
    imageAt: async (repository, reference, signal) => {
      checkNames(repository, reference);
      return byGeneration(
        async () => {
          const place = at(repository, signal);
          await recognise(place, reference);
          return place;
        },
        () => convertImage(first.at(repository, signal), reference),
      );
    },
    at: (repository, signal) => {
      checkNames(repository);
      return at(repository, signal);
    },
    checkLogin: (credentials, signal) => checkLogin(session, credentials, signal),
    close: async () => {
      await Promise.all([session.close(), hub?.close()]);
    },
  };
}

/** Names become parts of URLs, so only what the grammar allows gets there. */
function checkNames(repository: string, name = 'latest'): void {
  if (isRepository(repository) && (isTag(name) || isDigest(name))) return;
  throw new RegentError('REFERENCE_INVALID', { input: `${repository}:${name}`.slice(0, 200) });
}
