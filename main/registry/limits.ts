const KIB = 1024;
const MIB = 1024 * KIB;

/** How much is taken from a registry before it is called broken or hostile. Bytes, unless a name says otherwise. */
export const limits = {
  /** The specification asks for 4 MiB at least; Gitea keeps manifests of up to 10 MiB, others none that large. */
  manifest: 8 * MIB,
  imageConfig: 8 * MIB,
  /** A blob that is opened to be read; BuildKit's attestations reach 40 MiB. */
  document: 64 * MIB,
  /** One page of names. */
  page: 32 * MIB,
  /** The body of a refusal; what is longer is cut off. */
  refusal: 64 * KIB,
  token: 128 * KIB,
  headers: 16 * KIB,
  /** A blob without a stated length. */
  unsizedBlob: 1024 * MIB,
  pages: 10_000,
  namesPerPage: 100_000,
  names: 1_000_000,
  redirects: 5,
  /** Manifests and attestations that one index, with the indexes in it, may name. */
  manifestsPerTag: 512,
  /** All manifests of one index together, so that many large ones can't fill the memory. */
  manifestBytesPerTag: 16 * MIB,
  indexDepth: 3,
} as const;

/** Waiting times, in milliseconds. */
export const patience = {
  /** The name, the connection and the handshake together. */
  connect: 10_000,
  /** Before a host's next address is tried beside one that does not answer. */
  nextAddress: 1_000,
  headers: 30_000,
  /** For the answer to a `PUT`, which ends an upload: a registry on a slow disk reads all of a large blob again before it. */
  commit: 600_000,
  /** Between two pieces of a body. */
  body: 30_000,
  /** The whole of a body that is not streamed. */
  wholeBody: 300_000,
  /** A server that asks for a longer break than this is reported instead of waited for. */
  retryAfter: 10_000,
  /** Before the first and the second repetition. */
  backoff: [250, 1_000],
  /** Before a download goes on where it broke: after progress, and after one to five tries without. */
  resume: [250, 500, 1_000, 2_000, 4_000, 8_000],
  /** A body of which fewer bytes than these arrive in that time is as good as none. */
  drip: { milliseconds: 60_000, bytes: 4 * KIB },
} as const;

/** How long an answer may take to begin, in milliseconds, counted from when all of the request has been sent. */
export function answerPatience(method: string): number {
  return method === 'PUT' ? patience.commit : patience.headers;
}
