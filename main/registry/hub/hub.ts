import { isDockerHub } from '../../../shared/model/docker-hub.ts';
import type { Tag } from '../../../shared/model/image.ts';
import type { Credentials } from '../auth/credentials.ts';
import type { Finding } from '../finding.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';
import { openSession, type Session, type SessionOptions } from '../session.ts';
import { hubNamespaces, hubRepositories, ownHubRepositories, searchHub } from './hub-lists.ts';
import { createHubTags } from './hub-tags.ts';
import { createHubTokens } from './hub-token.ts';

/**
 * What Docker Hub's web API does in place of its registry, which has no list of repositories and counts looking as
 * pulling. Everything rejects as `askHub` does; a list of all, where nobody is signed in, with `NAMESPACE_NEEDED`.
 */
export interface Hub extends Finding {
  /** What is behind a tag, without a pull. Rejects with `TAG_NOT_FOUND`. */
  describeTag(place: Place, tag: string): Promise<Tag>;
  close(): Promise<void>;
}

/** What a client of a registry is made with, as far as the web API has to do with it. */
type HubOptions = SessionOptions & { readonly credentials: () => Promise<Credentials | null> };

/** The web API beside Docker Hub's registry; undefined beside all others. Nothing is sent yet. */
export function openHub({ address, trust, credentials, ...options }: HubOptions): Hub | undefined {
  if (!isDockerHub(address)) return undefined;
  const { systemRoots, env, askSystemProxy, clock, wait } = options;
  const session = openSession({
    ...{ address: 'hub.docker.com', scheme: 'https', trust: { ca: trust.ca } },
    // Certificates, headers and token servers are for the registry alone.
    ...(systemRoots && { systemRoots }),
    ...(env && { env }),
    ...(askSystemProxy && { askSystemProxy }),
    ...(clock && { clock }),
    ...(wait && { wait }),
  });
  return createHub(session, credentials);
}

/** Speaks to the web API over a session of its own: nothing that is meant for the registry gets there. */
export function createHub(session: Session, credentials: () => Promise<Credentials | null>): Hub {
  const means = { session, tokens: createHubTokens(session, credentials) };
  const tags = createHubTags(means);
  return {
    listRepositories: (signal) => ownHubRepositories(means, signal),
    namespaces: (signal) => hubNamespaces(means, signal),
    ofNamespace: (namespace, signal) => hubRepositories(means, namespace, signal),
    search: (query, signal) => searchHub(means, query, signal),
    describeTag: async (place, name) => {
      const found = await tags.find(place.repository, name, place.signal);
      if (found?.digest && found.mediaType) {
        return { ...found, digest: found.digest, mediaType: found.mediaType };
      }
      // The registry, asked by a HEAD, says at least which image it is.
      const nothing = { size: null, created: null, platforms: [] };
      return { name, ...nothing, ...found, ...(await headManifest(place, name)) };
    },
    close: () => session.close(),
  };
}
