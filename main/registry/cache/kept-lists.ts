import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Tag } from '../../../shared/model/image.ts';
import { sortNaturally } from '../../../shared/model/natural-sort.ts';
import { type Clock, isoNow } from '../../platform/clock.ts';
import { writeAtomically } from '../../platform/write-atomically.ts';
import { createDiskWork } from './disk-work.ts';
import {
  type KeptRepositories,
  type KeptTags,
  keptFileText,
  keptNames,
  readKeptRepositories,
  readKeptTags,
} from './kept-files.ts';
import { addressKey, placeName, repositoryKey, type Viewer, viewerKey } from './place-key.ts';
import { openPrivateFolder } from './private-folder.ts';
import { empty, keepWithin, measure, removeFolder } from './sweep.ts';

/**
 * What the lists of registries held when they were last read, for each login of its own: to be shown at once while they
 * are read anew, and when the registry can't be reached. Noting is done in the background and never fails; a file that
 * is damaged is as good as none.
 */
export interface KeptLists {
  repositories(viewer: Viewer): Promise<KeptRepositories | null>;
  tags(viewer: Viewer, repository: string): Promise<KeptTags | null>;
  /** What was learned of one tag, if anything. */
  tag(viewer: Viewer, repository: string, name: string): Promise<Tag | undefined>;
  noteRepositories(viewer: Viewer, repositories: readonly string[]): void;
  noteTags(viewer: Viewer, repository: string, tags: readonly string[]): void;
  /** Adds what was learned of one tag to a list that is kept. */
  noteTag(viewer: Viewer, repository: string, tag: Tag): void;
  /** Takes up in a list that is kept what this machine has changed itself: tags that went, one that came. */
  noteChange(viewer: Viewer, repository: string, change: TagChange): Promise<void>;
  /** Forgets a repository's tags, as when the registry says that there is none, or not for this login. */
  forgetTags(viewer: Viewer, repository: string): Promise<void>;
  /** Forgets all that any login has seen of a registry. */
  forget(address: string): Promise<void>;
  /** Removes all lists. @throws NodeJS.ErrnoException, UnsafePath */
  clear(): Promise<void>;
  /** In bytes; 0 where nothing can be read. */
  size(): Promise<number>;
  /** Resolves once all that was noted is on disk, or was given up. */
  settled(): Promise<void>;
}

/** Tags that are there no more, and new ones. */
interface TagChange {
  readonly gone?: readonly string[];
  readonly come?: readonly string[];
}

/** All lists together. */
const BOUNDS = { bytes: 128 * 1_048_576, files: 2_000 };
/** Details come one by one; they are written together, this long after the first, in milliseconds. */
const SOON = 2_000;
/** Files that this process writes before it looks whether they have become too many. */
const LOOK_AFTER = 50;

/** Repositories whose details are kept in memory. */
const IN_MEMORY = 16;

/** What is to be written of one repository's tags. */
interface Pending {
  readonly viewer: Viewer;
  readonly repository: string;
  list: Pick<KeptTags, 'tags' | 'at'> | null;
  readonly details: Map<string, Tag>;
}

/** Keeps the lists below a folder of the cache; nothing is read or made before it is needed. */
export function createKeptLists(options: {
  readonly cache: string;
  readonly clock: Clock;
}): KeptLists {
  const { cache, clock } = options;
  const work = createDiskWork(clock);
  const pending = new Map<string, Pending>();
  const known = new Map<string, { readonly mark: string; readonly kept: KeptRepositories }>();
  /** Details by tag, read once: whoever uses one has the registry confirm it. */
  const details = new Map<string, Promise<Map<string, Tag>>>();
  let timer: NodeJS.Timeout | undefined;
  let writtenFiles = 0;

  const folder = () => openPrivateFolder(cache, 'lists');
  const listPath = async (viewer: Viewer) =>
    join(await folder(), viewerKey(viewer), 'repositories.json');
  const tagsPath = async (viewer: Viewer, repository: string) =>
    join(await folder(), viewerKey(viewer), 'tags', `${repositoryKey(repository)}.json`);

  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeAtomically(path, text, { mode: 0o600 });
    writtenFiles += 1;
    if (writtenFiles % LOOK_AFTER === 1) await keepWithin(await folder(), BOUNDS);
  };

  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    for (const [key, one] of pending) {
      pending.delete(key);
      work.add(async () => {
        const path = await tagsPath(one.viewer, one.repository);
        const about = { ...one.viewer, repository: one.repository };
        // Another process may have written meanwhile: what it has learned is kept, too.
        const merged = merge(await readKeptTags(path, about), one);
        if (merged) await write(path, keptFileText(about, merged));
      });
    }
  };
  const flushSoon = () => {
    timer ??= setTimeout(flush, SOON).unref();
  };
  const pendingOf = (viewer: Viewer, repository: string): Pending => {
    const key = placeName(viewer, repository);
    const found = pending.get(key) ?? { viewer, repository, list: null, details: new Map() };
    pending.set(key, found);
    flushSoon();
    return found;
  };
  const detailsOf = (viewer: Viewer, repository: string): Promise<Map<string, Tag>> => {
    const key = placeName(viewer, repository);
    const found = details.get(key) ?? readDetails(viewer, repository);
    details.delete(key);
    details.set(key, found);
    for (const oldest of details.keys()) if (details.size > IN_MEMORY) details.delete(oldest);
    return found;
  };
  const readDetails = async (viewer: Viewer, repository: string): Promise<Map<string, Tag>> => {
    const kept = await work.tryTo(async () =>
      readKeptTags(await tagsPath(viewer, repository), { ...viewer, repository }),
    );
    return new Map(kept?.details.map((tag) => [tag.name, tag]));
  };
  const tagsOf = async (viewer: Viewer, repository: string): Promise<KeptTags | null> => {
    await work.settled();
    const found = await work.tryTo(async () =>
      readKeptTags(await tagsPath(viewer, repository), { ...viewer, repository }),
    );
    const fresh = pending.get(placeName(viewer, repository));
    return fresh ? merge(found ?? null, fresh) : (found ?? null);
  };
  const settled = async (): Promise<void> => {
    flush();
    await work.settled();
  };

  return {
    repositories: async (viewer) => {
      await work.settled();
      const found = await work.tryTo(async () => {
        const path = await listPath(viewer);
        const { mtimeMs, size, ino } = await stat(path);
        const mark = `${mtimeMs} ${size} ${ino}`;
        const before = known.get(path);
        if (before?.mark === mark) return before.kept;
        const kept = await readKeptRepositories(path, { ...viewer, repository: null });
        if (kept) known.set(path, { mark, kept });
        return kept;
      });
      return found ?? null;
    },
    tags: tagsOf,
    tag: async (viewer, repository, name) => (await detailsOf(viewer, repository)).get(name),
    noteRepositories: (viewer, repositories) => {
      const kept = {
        repositories: repositories.slice(0, keptNames.repositories),
        at: isoNow(clock),
      };
      work.add(async () =>
        write(await listPath(viewer), keptFileText({ ...viewer, repository: null }, kept)),
      );
    },
    noteTags: (viewer, repository, tags) => {
      const list = { tags: tags.slice(0, keptNames.tags), at: isoNow(clock) };
      pendingOf(viewer, repository).list = list;
    },
    noteTag: (viewer, repository, tag) => {
      pendingOf(viewer, repository).details.set(tag.name, tag);
      details.get(placeName(viewer, repository))?.then((known) => known.set(tag.name, tag));
    },
    noteChange: async (viewer, repository, { gone = [], come = [] }) => {
      const known = await tagsOf(viewer, repository);
      if (!known) return;
      const names = new Set([...known.tags, ...come]);
      for (const name of gone) names.delete(name);
      const tags = sortNaturally([...names]).slice(0, keptNames.tags);
      // As old as it was: only this much of it is known anew.
      pendingOf(viewer, repository).list = { tags, at: known.at };
    },
    forgetTags: async (viewer, repository) => {
      pending.delete(placeName(viewer, repository));
      details.delete(placeName(viewer, repository));
      await work.settled();
      await work.tryTo(async () => rm(await tagsPath(viewer, repository), { force: true }));
    },
    forget: async (address) => {
      await settled();
      known.clear();
      details.clear();
      await work.tryTo(async () => removeFolder(join(await folder(), addressKey(address))));
    },
    clear: async () => {
      await settled();
      known.clear();
      details.clear();
      await empty(await folder());
    },
    size: async () => (await work.tryTo(async () => measure(await folder())))?.bytes ?? 0,
    settled,
  };
}

/** The newest of each tag, of tags that are still in the list; null where there is no list. */
function merge(kept: KeptTags | null, { list, details }: Pending): KeptTags | null {
  const { tags, at } = list ?? kept ?? { tags: undefined, at: '' };
  if (!tags) return null;
  const names = new Set(tags);
  const all = new Map(kept?.details.map((tag) => [tag.name, tag]));
  for (const [name, tag] of details) {
    // What was learned last comes last, and stays when there are too many.
    all.delete(name);
    all.set(name, tag);
  }
  const still = [...all.values()].filter(({ name }) => names.has(name));
  return { tags, details: still.slice(-keptNames.details), at };
}
