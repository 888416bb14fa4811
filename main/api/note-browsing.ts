import { RegentError } from '../../shared/errors/index.ts';
import type { Services } from './services.ts';

type Parts = Pick<Services, 'kept' | 'marks' | 'viewerOf' | 'content'>;

/** Refusals after which what was seen before is not to be shown any more. */
const NO_MORE: ReadonlySet<string> = new Set(['REPOSITORY_NOT_FOUND', 'ACCESS_DENIED']);

/**
 * Reads the tags of a repository and remembers them, and that somebody opened it. Where the registry says that it is not
 * there, or not for this login, what was kept of it is forgotten. Remembering never fails.
 * @throws what `read` throws
 */
export async function notingTags(
  { kept, marks, viewerOf, content }: Parts,
  { address, repository }: { readonly address: string; readonly repository: string },
  read: () => Promise<readonly string[]>,
): Promise<readonly string[]> {
  const viewer = await viewerOf(address);
  try {
    const tags = await read();
    kept.noteTags(viewer, repository, tags);
    await marks.noteOpened({ address, repository }).catch(() => undefined);
    return tags;
  } catch (error) {
    if (error instanceof RegentError && NO_MORE.has(error.code)) {
      await kept.forgetTags(viewer, repository);
      await content.at(viewer, repository).forget();
    }
    throw error;
  }
}

/** Forgets all that this machine remembers of a registry, as when it is removed from the list. */
export async function forgetBrowsing(
  { kept, marks, content }: Pick<Services, 'kept' | 'marks' | 'content'>,
  address: string,
): Promise<void> {
  await content.forget(address);
  await kept.forget(address);
  // A file that is damaged is told to those who read it; the registry is removed all the same.
  await marks.forget(address).catch(() => undefined);
}
