import { RegentError } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { readCreated } from '../describe/created.ts';
import { fetchConfigFacts } from '../describe/describe-image.ts';
import { fetchManifest, type Manifest } from '../describe/fetch-manifest.ts';
import { inParallel } from '../describe/in-parallel.ts';
import { blobSizes, type Index, readImage, readIndex } from '../describe/manifest.ts';
import { manifestKind } from '../describe/media-types.ts';
import { reading } from '../describe/read-value.ts';
import { readLegacy } from '../describe/schema1.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';

/** What a manifest needs. Sizes in bytes as stored; null where the manifest does not tell them. */
interface Needs {
  /** Whether the manifest could be read. */
  readonly isKnown: boolean;
  /** Of the manifest itself. */
  readonly size: number;
  /** Config and layers that the registry keeps, by digest. */
  readonly blobs: ReadonlyMap<string, number | null>;
  /** The manifests of an index, attestations among them. */
  readonly children: readonly string[];
  /** When it was made, as its config states it; asked for only when it is wanted. Null where nothing states it. */
  readonly created: (all: NeedsTable) => Promise<string | null>;
}

/** What manifests need, by their digests, with all manifests of their indexes. Those that are lost are not in it. */
export type NeedsTable = ReadonlyMap<string, Needs>;

const WIDTH = 16;

/** A hostile registry could otherwise name any number. */
const MOST_MANIFESTS = 200_000;

/**
 * Reads manifests and what is in their indexes.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for indexes beyond the limits, and the usual ones
 */
export async function readNeeds(place: Place, digests: readonly string[]): Promise<NeedsTable> {
  const { address } = place.session;
  const found = new Map<string, Needs>();
  const asked = new Set(digests);
  let level = [...asked];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.indexDepth || asked.size > MOST_MANIFESTS) {
      throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'an index too large' });
    }
    const read = await inParallel(level, WIDTH, (digest) => readOne(place, digest));
    read.forEach((needs, index) => {
      if (needs) found.set(level[index] ?? '', needs);
    });
    const children = new Set(read.flatMap((needs) => needs?.children ?? []));
    level = [...children].filter((child) => !asked.has(child));
    for (const child of level) asked.add(child);
  }
  return found;
}

/** These manifests with all that are in their indexes, also in indexes of indexes. */
export function closureOf(table: NeedsTable, digests: Iterable<string>): ReadonlySet<string> {
  const closure = new Set(digests);
  // A set that grows while it is walked through is walked through to its new end.
  for (const digest of closure) {
    for (const child of table.get(digest)?.children ?? []) closure.add(child);
  }
  return closure;
}

async function readOne(place: Place, digest: string): Promise<Needs | undefined> {
  try {
    const manifest = await fetchManifest(place, digest, 'by-index');
    const content = reading(place.session.address, () => contentOf(place, manifest));
    return { isKnown: true, size: manifest.bytes.length, ...content };
  } catch (error) {
    const code = error instanceof RegentError ? error.code : undefined;
    if (code === 'TAG_NOT_FOUND') return undefined;
    // What is broken is what somebody may want to delete.
    if (code === 'REGISTRY_RESPONSE_INVALID' || code === 'DIGEST_MISMATCH') return unreadable;
    throw error;
  }
}

const unreadable: Needs = {
  ...{ isKnown: false, size: 0, blobs: new Map(), children: [] },
  created: async () => null,
};

type Content = Pick<Needs, 'blobs' | 'children' | 'created'>;

function contentOf(place: Place, manifest: Manifest): Content {
  const { json, kind } = manifest;
  switch (kind) {
    case 'index':
      return indexContent(readIndex(json));
    case 'schema1': {
      const { created, steps } = readLegacy(json);
      const blobs = steps.flatMap(({ layer }) =>
        layer === undefined ? [] : [[layer, null] as const],
      );
      return { blobs: new Map(blobs), children: [], created: async () => created };
    }
    case 'image':
    case 'artifact': {
      const image = readImage(json);
      const created = async () =>
        (await fetchConfigFacts(place, image)).created ?? readCreated(image.created);
      return { blobs: blobSizes(image), children: [], created };
    }
    default:
      return assertNever(kind);
  }
}

function indexContent({ entries, created }: Index): Content {
  const children = entries.filter(({ mediaType }) => manifestKind(mediaType));
  const blobs = entries.filter(({ mediaType }) => !manifestKind(mediaType));
  const first = children.find(
    ({ isAttestation, mediaType }) => !isAttestation && manifestKind(mediaType) !== 'index',
  );
  return {
    // Build caches list their layers in an index.
    blobs: new Map(blobs.map(({ digest, size }) => [digest, size])),
    children: [...new Set(children.map(({ digest }) => digest))],
    created: async (all) => {
      const child = first && all.get(first.digest);
      const own = child?.children.length === 0 ? await child.created(all) : null;
      return own ?? readCreated(created);
    },
  };
}
