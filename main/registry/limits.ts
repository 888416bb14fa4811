const KIB = 1024;
const MIB = 1024 * KIB;

/** How much is taken from a registry before it is called broken or hostile. Bytes, unless a name says otherwise. */
export const limits = {
  /** The specification asks for 4 MiB at least; Gitea keeps manifests of up to 10 MiB, others none that large. */
  manifest: 8 * MIB,
  imageConfig: 8 * MIB,
  /** One page of names. */
  page: 32 * MIB,
  /** The body of a refusal; what is longer is cut off. */
  refusal: 64 * KIB,
  token: 128 * KIB,
  headers: 16 * KIB,
  pages: 10_000,
  namesPerPage: 100_000,
  names: 1_000_000,
  redirects: 5,
  /** Manifests and attestations that one index, with the indexes in it, may name. */
  manifestsPerTag: 512,
  indexDepth: 3,
} as const;

/** Waiting times, in milliseconds. */
export const patience = {
  connect: 10_000,
  headers: 30_000,
  /** Between two pieces of a body. */
  body: 30_000,
  /** A server that asks for a longer break than this is reported instead of waited for. */
  retryAfter: 10_000,
  /** Before the first and the second repetition. */
  backoff: [250, 1_000],
} as const;
