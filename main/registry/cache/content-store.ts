import { join } from 'node:path';
import { isDigest } from '../../../shared/model/digest.ts';
import { type Clock, systemClock } from '../../platform/clock.ts';
import { makeBlobFolders, readBlob, writeBlob } from './blob-files.ts';
import { openContentFolder } from './content-folder.ts';
import { createDiskWork } from './disk-work.ts';
import { createPlaceBook } from './place-book.ts';
import { addressKey, type Viewer } from './place-key.ts';
import type { PlaceNotes } from './place-notes.ts';
import { type Bounds, empty, measure, removeFolder, sweep } from './sweep.ts';
import { openWrittenTally } from './written-tally.ts';

/** Bytes that were fetched and verified before. `mediaType` is empty for a blob. */
export interface KeptContent {
  readonly mediaType: string;
  readonly bytes: Buffer;
}

/**
 * What was seen in one repository with one login. What another repository or login has seen is not here, even though the
 * bytes may lie on the same disk: the registry decides who may read what, and here it was asked. Nothing rejects:
 * whatever the disk does, the registry can be asked again.
 */
export interface PlacedContent {
  /** Verified bytes; undefined when they were not seen here, are gone, were damaged, or are more than `limit`. */
  get(digest: string, limit: number): Promise<KeptContent | undefined>;
  /** Keeps bytes that were verified; it is done in the background. What is too large is not kept. */
  put(digest: string, bytes: Buffer, mediaType?: string): void;
  /** The digest that a tag had when it was last asked for; only a hint, as tags move. */
  lastDigestOf(tag: string): Promise<string | undefined>;
  /** Remembers it. */
  noteTag(tag: string, digest: string): void;
  /** Forgets that anything was seen here, as when the registry says no. */
  forget(): Promise<void>;
}

/** What the store holds at the moment. */
interface StoreUsage {
  readonly bytes: number;
  readonly files: number;
  readonly limit: number;
  /** Why nothing is kept: a code of the system, or a reason of `UnsafePath`; null when all is well. */
  readonly fault: string | null;
}

/** Manifests and configs on disk, by digest, for all processes of this user. */
export interface ContentStore {
  at(viewer: Viewer, repository: string): PlacedContent;
  usage(): Promise<StoreUsage>;
  /** Removes all content. @throws NodeJS.ErrnoException, UnsafePath */
  clear(): Promise<void>;
  /** Forgets what was seen of a registry, by any login. */
  forget(address: string): Promise<void>;
  /** Resolves once all that was to be kept is on disk, or was given up. */
  settled(): Promise<void>;
}

/** Where and how much. */
export interface ContentStoreOptions {
  /** The folder of all that can be fetched again, absolute; see `Paths`. */
  readonly cache: string;
  readonly clock?: Clock;
  readonly bounds?: Bounds;
  /** Bytes; larger things are not kept. */
  readonly largest?: number;
}

const MIB = 1_048_576;
const BOUNDS: Bounds = { bytes: 512 * MIB, files: 100_000 };
const LARGEST = 4 * MIB;
/** Bytes that may wait for a slow disk; what comes on top is not kept. */
const WAITING = 64 * MIB;
/** Bytes for which a calm moment is waited for. */
const PATIENT = 16 * MIB;

/** Opens the store; nothing is read or made before it is needed. */
export function createContentStore(options: ContentStoreOptions): ContentStore {
  const { clock = systemClock, bounds = BOUNDS, largest = LARGEST } = options;
  const folder = openContentFolder(options.cache, clock);
  const work = createDiskWork(clock);
  const book = createPlaceBook(folder.path);
  const waiting = new Map<string, Buffer>();
  let waitingBytes = 0;
  const written = { bytes: 0, files: 0 };

  const write = async (digest: string, bytes: Buffer): Promise<void> => {
    const path = await folder.path();
    await writeBlob(path, digest, bytes).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      await makeBlobFolders(path, digest);
      await writeBlob(path, digest, bytes);
    });
    written.bytes += bytes.length;
    written.files += 1;
  };

  /** Also sees to it that the bounds are kept, whoever has written most. */
  const tidy = async (): Promise<void> => {
    const { bytes, files } = written;
    if (files === 0) return;
    written.bytes = 0;
    written.files = 0;
    const path = await folder.path();
    const tally = openWrittenTally(join(path, 'written'), bounds);
    if (!(await tally.add(bytes, files))) return;
    await tally.reset();
    await sweep(path, bounds, clock);
  };
  const isTimeToTidy = () => written.bytes > bounds.bytes / 16 || written.files > bounds.files / 16;

  const put = (digest: string, bytes: Buffer): void => {
    if (waiting.has(digest) || waitingBytes + bytes.length > WAITING) return;
    waiting.set(digest, bytes);
    waitingBytes += bytes.length;
    work.add(async () => {
      try {
        await write(digest, bytes);
      } finally {
        waiting.delete(digest);
        waitingBytes -= bytes.length;
      }
      if (isTimeToTidy()) await tidy();
    });
    if (waitingBytes > PATIENT) work.begin();
  };

  const settled = async (): Promise<void> => {
    await work.settled();
    work.add(() => book.flush());
    work.add(tidy);
    await work.settled();
  };

  return {
    at: (viewer, repository) => {
      const notes = () => book.notesOf(viewer, repository);
      const note = (change: (known: PlaceNotes) => void) =>
        void work.tryTo(async () => change(await notes()));
      return {
        get: (digest, limit) =>
          work.tryTo(async () => {
            const mediaType = (await notes()).typeOf(digest);
            if (mediaType === undefined) return undefined;
            const bytes =
              waiting.get(digest) ?? (await readBlob(await folder.path(), digest, limit, clock));
            return bytes && bytes.length <= limit ? { mediaType, bytes } : undefined;
          }),
        put: (digest, bytes, mediaType = '') => {
          if (!isDigest(digest) || bytes.length > largest || work.isPaused()) return;
          put(digest, bytes);
          note((known) => known.note(digest, mediaType));
        },
        lastDigestOf: (tag) => work.tryTo(async () => (await notes()).digestOf(tag)),
        noteTag: (tag, digest) => note((known) => known.noteTag(tag, digest)),
        forget: async () => {
          await work.tryTo(() => book.forget(viewer, repository));
        },
      };
    },
    usage: async () => {
      try {
        const { bytes, files } = await measure(join(await folder.path(), 'blobs'));
        return { bytes, files, limit: bounds.bytes, fault: null };
      } catch (error) {
        return { bytes: 0, files: 0, limit: bounds.bytes, fault: folder.faultOf(error) };
      }
    },
    clear: async () => {
      await settled();
      book.close();
      const path = await folder.path();
      for (const name of ['blobs', 'ingest', 'seen']) await empty(join(path, name));
    },
    forget: async (address) => {
      await settled();
      book.close();
      await work.tryTo(async () =>
        removeFolder(join(await folder.path(), 'seen', addressKey(address))),
      );
    },
    settled,
  };
}
