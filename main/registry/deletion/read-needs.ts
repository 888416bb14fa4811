import { RegentError } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import { readCreated } from '../describe/created.ts';
import { fetchManifest, type Manifest } from '../describe/fetch-manifest.ts';
import { inParallel } from '../describe/in-parallel.ts';
import {
  blobSizes,
  type Descriptor,
  type Index,
  readImage,
  readIndex,
} from '../describe/manifest.ts';
import { isImageConfig, manifestKind } from '../describe/media-types.ts';
import { reading } from '../describe/read-value.ts';
import { readLegacy } from '../describe/schema1.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';

/**
 * Manifests by digest, with whether each may be an index, as the registry says it in the answer to a HEAD, or the index
 * that names it.
 */
export type Named = ReadonlyMap<string, boolean>;

/** What a manifest needs, and nothing else of it: there are many. Sizes in bytes as stored; null where it tells none. */
interface Needs {
  /** Whether the manifest could be read. */
  readonly isKnown: boolean;
  /** Whether it may need any manifest: an index that could not be read. */
  readonly isOpen: boolean;
  /** Of the manifest itself. */
  readonly size: number;
  /** Config and layers that the registry keeps, by digest. */
  readonly blobs: ReadonlyMap<string, number | null>;
  /** The manifests of an index, attestations among them. */
  readonly children: Named;
  /** What tells when it was made. */
  readonly dated: Dated;
}

/** Where the time is stated at which an image was made: in its config, in an image of the index, by the manifest itself. */
interface Dated {
  readonly config?: Descriptor | undefined;
  readonly child?: string | undefined;
  readonly own: string | null;
}

/**
 * What manifests need, by their digests, with all manifests of their indexes. Images that are lost are not in it; an index
 * that is not found now may be there in a moment.
 */
export type NeedsTable = ReadonlyMap<string, Needs>;

const WIDTH = 16;

/** A hostile registry could otherwise name any number. */
const MOST_MANIFESTS = 200_000;
/** Bytes of all digests in a table: three times as many as 100,000 images with ten layers have. */
const MOST_BYTES = 256 * 1024 * 1024;

/**
 * Reads manifests and what is in their indexes.
 * @param known what was read before of the same repository
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for indexes beyond the limits, and the usual ones
 */
export async function readNeeds(
  place: Place,
  named: Named,
  known: NeedsTable = new Map(),
): Promise<NeedsTable> {
  const { address } = place.session;
  const tooLarge = () =>
    new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'an index too large' });
  const found = new Map<string, Needs>();
  const asked = new Set(named.keys());
  let bytes = 0;
  let level = [...named];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.indexDepth || asked.size > MOST_MANIFESTS) throw tooLarge();
    const children = new Map<string, boolean>();
    await inParallel(level, WIDTH, async ([digest, mayBeIndex]) => {
      const before = known.get(digest);
      const needs = before?.isKnown ? before : await readOne(place, digest, mayBeIndex);
      if (!needs) return;
      found.set(digest, needs);
      bytes += digest.length * (1 + needs.blobs.size + needs.children.size);
      if (bytes > MOST_BYTES) throw tooLarge();
      for (const [child, isIndex] of needs.children) {
        children.set(child, isIndex || children.get(child) === true);
      }
    });
    level = [...children].filter(([child]) => !asked.has(child));
    for (const [child] of level) asked.add(child);
  }
  return found;
}

/** These manifests with all that are in their indexes, also in indexes of indexes. */
export function closureOf(table: NeedsTable, digests: Iterable<string>): ReadonlySet<string> {
  const closure = new Set(digests);
  // A set that grows while it is walked through is walked through to its new end.
  for (const digest of closure) {
    for (const child of table.get(digest)?.children.keys() ?? []) closure.add(child);
  }
  return closure;
}

/** Whether these manifests may need more than is known, as an index does that can't be read. */
export function mayNeedMore(table: NeedsTable, digests: Iterable<string>): boolean {
  for (const digest of closureOf(table, digests)) if (table.get(digest)?.isOpen) return true;
  return false;
}

/** Tells of any manifest whether these need it, themselves included. Where that can't be known, they do. */
export function neededBy(
  table: NeedsTable,
  digests: readonly string[],
): (digest: string) => boolean {
  if (mayNeedMore(table, digests)) return () => true;
  const closure = closureOf(table, digests);
  return (digest) => closure.has(digest);
}

async function readOne(
  place: Place,
  digest: string,
  mayBeIndex: boolean,
): Promise<Needs | undefined> {
  try {
    const manifest = await fetchManifest(place, digest, 'by-index');
    const content = reading(place.session.address, () => contentOf(manifest));
    return { isKnown: true, isOpen: false, size: manifest.bytes.length, ...content };
  } catch (error) {
    const code = error instanceof RegentError ? error.code : '';
    if (code === 'TAG_NOT_FOUND' && !mayBeIndex) return undefined;
    // What is broken is what somebody may want to delete.
    if (UNREADABLE.has(code)) return { ...unreadable, isOpen: mayBeIndex };
    throw error;
  }
}

const UNREADABLE: ReadonlySet<string> = new Set([
  'TAG_NOT_FOUND',
  'REGISTRY_RESPONSE_INVALID',
  'DIGEST_MISMATCH',
]);

const unreadable: Omit<Needs, 'isOpen'> = {
  ...{ isKnown: false, size: 0, blobs: new Map(), children: new Map(), dated: { own: null } },
};

type Content = Pick<Needs, 'blobs' | 'children' | 'dated'>;

function contentOf({ json, kind }: Manifest): Content {
  switch (kind) {
    case 'index':
      return indexContent(readIndex(json));
    case 'schema1': {
      const { created, steps } = readLegacy(json);
      const blobs = steps.flatMap(({ layer }) =>
        layer === undefined ? [] : [[layer, null] as const],
      );
      return { blobs: new Map(blobs), children: new Map(), dated: { own: created } };
    }
    case 'image':
    case 'artifact': {
      const image = readImage(json);
      const { config, created } = image;
      const isOfImage = config && isImageConfig(config.mediaType);
      return {
        blobs: blobSizes(image),
        children: new Map(),
        dated: {
          // Without its source, which holds on to the whole manifest.
          config: isOfImage ? { ...config, source: {} } : undefined,
          own: readCreated(created),
        },
      };
    }
    default:
      return assertNever(kind);
  }
}

function indexContent({ entries, created }: Index): Content {
  const children = entries.filter(({ mediaType }) => manifestKind(mediaType));
  const blobs = entries.filter(({ mediaType }) => !manifestKind(mediaType));
  const isIndex = ({ mediaType }: Descriptor) => manifestKind(mediaType) === 'index';
  const first = children.find((child) => !child.isAttestation && !isIndex(child));
  return {
    // Build caches list their layers in an index.
    blobs: new Map(blobs.map(({ digest, size }) => [digest, size])),
    children: new Map(children.map((child) => [child.digest, isIndex(child)])),
    dated: { child: first?.digest, own: readCreated(created) },
  };
}
