import { RegentError } from '../../../shared/errors/index.ts';
import { inParallel } from '../describe/in-parallel.ts';
import { manifestKind } from '../describe/media-types.ts';
import { headManifest, type ManifestHead } from '../manifests/head-manifest.ts';
import type { Place } from '../place.ts';
import { listTags } from '../tags.ts';
import type { Named } from './read-needs.ts';

/** What each tag of a repository names, in the order for people. */
export type TagTable = Map<string, ManifestHead>;

/** All manifests of a repository that have tags, by digest, with their tags. */
export type Tagged = ReadonlyMap<string, readonly string[]>;

/** As many as a registry client keeps connections. */
const WIDTH = 16;

/**
 * Asks for every tag of a repository what it names. A tag that goes in the meantime is left out.
 * @throws RegentError `REPOSITORY_NOT_FOUND` and the usual ones
 */
export async function readTags(place: Place): Promise<TagTable> {
  return headTags(place, await listNames(place));
}

/** The names of all tags. @throws RegentError `REPOSITORY_NOT_FOUND` and the usual ones */
export async function listNames(place: Place): Promise<readonly string[]> {
  const { session, authorizer, repository, signal } = place;
  return listTags(session, authorizer, repository, signal);
}

/** Asks what these tags name. One that is not there is left out. @throws RegentError the usual ones */
export async function headTags(place: Place, names: readonly string[]): Promise<TagTable> {
  const heads = await inParallel(names, WIDTH, (name) =>
    headManifest(place, name).catch((error: unknown) => {
      if (error instanceof RegentError && error.code === 'TAG_NOT_FOUND') return undefined;
      throw error;
    }),
  );
  return new Map(
    names.flatMap((name, index) => {
      const head = heads[index];
      return head ? [[name, head] as const] : [];
    }),
  );
}

/** The names of all tags of a manifest. */
export function tagsOf(table: TagTable, digest: string): readonly string[] {
  return [...table].filter(([, head]) => head.digest === digest).map(([name]) => name);
}

/** The tags of each manifest that has any. */
export function tagsByDigest(table: TagTable): Tagged {
  const tags = new Map<string, string[]>();
  for (const [name, { digest }] of table) {
    const known = tags.get(digest);
    if (known) known.push(name);
    else tags.set(digest, [name]);
  }
  return tags;
}

/** The manifests that tags name. */
export function namedBy(table: TagTable): Named {
  return new Map(
    [...table.values()].map(({ digest, mediaType }) => [
      digest,
      manifestKind(mediaType) === 'index',
    ]),
  );
}
