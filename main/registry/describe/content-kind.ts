import { cleanText } from '../hostile-text.ts';
import { type Annotations, annotationOf } from './annotations.ts';
import { artifactKind, type Content, predicateKind } from './artifact-kinds.ts';
import { isImageConfig, manifestKind } from './media-types.ts';

export type { Content };

/** What a manifest, or the descriptor of one, tells of itself; leave out what is not known. */
export interface Described {
  readonly mediaType: string;
  readonly artifactType?: string | undefined;
  /** Media type of the config. */
  readonly configType?: string | undefined;
  readonly annotations?: Annotations | undefined;
  /** The layers or blobs of an image manifest. */
  readonly layers?: readonly DescribedPart[];
  /** The manifests of an index; whether it states their platforms. */
  readonly entries?: readonly (DescribedPart & { readonly hasPlatform: boolean })[];
  /** As the config states it: `wasi/wasm` is no image for Linux. */
  readonly platform?: string | null;
  /** The tag it was found by: cosign puts `sha256-<hex>.sig` beside the image. */
  readonly tag?: string | undefined;
}

/** One layer, or one manifest of an index. */
interface DescribedPart {
  readonly mediaType: string;
  readonly artifactType?: string | undefined;
  readonly annotations?: Annotations | undefined;
}

const EMPTY_CONFIG = 'application/vnd.oci.empty.v1+json';
const UNKNOWN_CONFIG = 'application/vnd.unknown.config.v1+json';

/**
 * Tells what is behind a manifest: by its own type, its artifact type, its config's type, its layers', and by its tag
 * in the end. It never fails: what nothing is known about is an artifact.
 */
export function contentKindOf(described: Described): Content {
  const { kind, detail } = recognise(described);
  return { kind, detail: detail && (cleanText(detail) || null) };
}

function recognise(described: Described): Content {
  const { mediaType, artifactType, tag } = described;
  const shape = manifestKind(mediaType);
  if (shape === 'schema1') return { kind: 'legacy-image', detail: null };
  if (shape === 'index') return indexContent(described);
  const stated = artifactContent(described, artifactType) ?? configContent(described);
  const named = stated?.kind === 'artifact' ? undefined : stated;
  return (
    refine(named, described) ??
    layerContent(described) ??
    tagContent(tag) ??
    stated ??
    plainContent(described)
  );
}

/** Attestations, and bundles that may hold one, by the predicate that their layers or annotations name. */
function refine(named: Content | undefined, described: Described): Content | undefined {
  const mayHold = named?.kind === 'attestation' || named?.detail === 'Sigstore';
  return (mayHold ? predicateContent(described) : undefined) ?? named;
}

function indexContent({ artifactType, annotations, entries = [] }: Described): Content {
  if (entries.some(({ mediaType }) => artifactKind(mediaType)?.kind === 'build-cache')) {
    return { kind: 'build-cache', detail: null };
  }
  const hasImages = entries.some(({ hasPlatform }) => hasPlatform);
  if (artifactType !== undefined && !hasImages) {
    const known = artifactContent({ mediaType: '', annotations, layers: [] }, artifactType);
    return known ?? { kind: 'artifact', detail: artifactType };
  }
  // The list of referrers under a fallback tag is of this kind.
  const types = new Set(entries.map((entry) => entry.artifactType));
  if (!hasImages && entries.length > 0 && !types.has(undefined)) {
    return { kind: 'artifact', detail: types.size === 1 ? ([...types][0] ?? null) : null };
  }
  return { kind: 'multi-platform', detail: null };
}

function artifactContent(described: Described, type: string | undefined): Content | undefined {
  if (type === undefined || type === '') return undefined;
  const known = artifactKind(type);
  if (known?.kind === 'helm-chart') return { kind: 'helm-chart', detail: chartOf(described) };
  return known ?? (isGeneric(type) ? undefined : { kind: 'artifact', detail: type });
}

function configContent(described: Described): Content | undefined {
  const { configType } = described;
  return configType === undefined || isGeneric(configType)
    ? undefined
    : artifactContent(described, configType);
}

/** Types that say nothing of what they are for. */
function isGeneric(type: string): boolean {
  return isImageConfig(type) || type === EMPTY_CONFIG || type === UNKNOWN_CONFIG;
}

function layerContent(described: Described): Content | undefined {
  const { layers = [] } = described;
  const found = layers.flatMap(({ mediaType }) => artifactKind(mediaType) ?? []);
  const [first] = found;
  // One odd layer makes no signature of an image.
  if (first === undefined || found.length < layers.length) return undefined;
  return refine(first, described);
}

/** What the predicates are about: the one thing all are, or an attestation when there are several. */
function predicateContent({ annotations, layers = [] }: Described): Content | undefined {
  const own = annotations && annotationOf(annotations, 'dev.sigstore.bundle.predicateType');
  const types = [own, ...layers.map((layer) => predicateTypeOf(layer.annotations))];
  const contents = types.flatMap((type) => (type === undefined ? [] : predicateKind(type)));
  const [first] = contents;
  if (first === undefined) return undefined;
  if (contents.some(({ kind }) => kind !== first.kind)) {
    const details = new Set(contents.map(({ detail }) => detail));
    return { kind: 'attestation', detail: [...details].join(', ') };
  }
  return first;
}

/** The predicate that a layer's annotations name, as BuildKit (`in-toto.io/…`) and cosign write them. */
export function predicateTypeOf(annotations: Annotations | undefined): string | undefined {
  if (annotations === undefined) return undefined;
  return (
    annotationOf(annotations, 'in-toto.io/predicate-type') ??
    annotationOf(annotations, 'predicateType')
  );
}

const TAG_KINDS: Readonly<Record<string, Content>> = {
  sig: { kind: 'signature', detail: 'cosign' },
  att: { kind: 'attestation', detail: null },
  sbom: { kind: 'sbom', detail: null },
};

function tagContent(tag: string | undefined): Content | undefined {
  const suffix = /^sha256-[0-9a-f]{64}\.(sig|att|sbom)$/.exec(tag ?? '')?.[1];
  return suffix === undefined ? undefined : TAG_KINDS[suffix];
}

function plainContent({ mediaType, configType, annotations, platform }: Described): Content {
  const isAttestation =
    annotations &&
    annotationOf(annotations, 'vnd.docker.reference.type') === 'attestation-manifest';
  if (isAttestation) return { kind: 'attestation', detail: null };
  if (platform === 'wasi/wasm') return { kind: 'wasm', detail: null };
  const isImage =
    manifestKind(mediaType) === 'image' && (configType === undefined || isImageConfig(configType));
  if (isImage) return { kind: 'image', detail: null };
  return { kind: 'artifact', detail: null };
}

/** A chart's name and version as Helm annotates them. */
function chartOf({ annotations = [] }: Described): string | null {
  const words = ['title', 'version'].flatMap(
    (name) => annotationOf(annotations, `org.opencontainers.image.${name}`) ?? [],
  );
  return words.join(' ') || null;
}
