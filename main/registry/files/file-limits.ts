const MIB = 1024 * 1024;

/** How much of an image's files is taken in before reading stops. Bytes, unless a name says otherwise. */
export const fileLimits = {
  /** Of all layers of one image together, with the folders that nobody lists. */
  entries: 2_000_000,
  /** Of all layers of one image together. Images for machine learning reach some 30 GiB. */
  unpacked: 128 * 1024 * MIB,
  /** How many times larger a layer may get than it is stored. Deflate itself ends at 1,032. */
  ratio: 5_000,
  /** Where the ratio begins to count: a few zeros may be packed as tightly as one likes. */
  ratioFrom: 1024 * MIB,
  /** A path, or the target of a link; Linux takes none that is longer. */
  path: 4096,
  /** What all paths and targets of links take in memory together: some 270 for each of the entries. */
  names: 512 * MIB,
  /** What precedes an entry to say more about it (Go: archive/tar, maxSpecialFileSize). */
  extraHeader: MIB,
  /** What unpacking may have to look back at; what zstd's own tool takes at most when it is not told otherwise. */
  window: 128 * MIB,
  /** One file, opened to be looked at. */
  shown: MIB,
  /** A list of installed packages. */
  packageList: 32 * MIB,
} as const;
