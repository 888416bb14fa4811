const MIB = 1024 * 1024;

/** How much is taken from Docker Hub's web API. Bytes, milliseconds and numbers of things, as the names say. */
export const hubLimits = {
  /** One page of its lists, which tell much of each entry. */
  pageBytes: 8 * MIB,
  /** Entries of a page; Hub gives no more at once. */
  pageSize: 100,
  /** Pages of one list. */
  pages: 1_000,
  /** Pages of tags that are read ahead of one tag; older ones are asked for one by one. */
  tagPages: 10,
  /** How long what a page said of tags is good for. */
  tagsFor: 30_000,
  /** Repositories whose tags are remembered for so long. */
  tagBooks: 8,
  /** How long a token is used; Hub's live for ten minutes. */
  tokenFor: 300_000,
} as const;
