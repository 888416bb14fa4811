import { RegentError } from '../../../shared/errors/index.ts';
import { DOCKER_HUB } from '../../../shared/model/docker-hub.ts';
import { askHub, type HubMeans } from './ask-hub.ts';
import { hubLimits } from './hub-limits.ts';
import { firstPage, readHubPage } from './hub-pages.ts';
import { type HubTag, hubTagSchema } from './read-hub-tag.ts';

/** What Hub's web API knows of tags. */
export interface HubTags {
  /** Undefined where it knows none of that name, or says nothing at the moment. Rejects with `CANCELLED`. */
  find(repository: string, tag: string, signal: AbortSignal): Promise<HubTag | undefined>;
}

/** The tags of one repository, newest first, as far as they have been read. */
interface TagBook {
  readonly until: number;
  readonly tags: Map<string, HubTag>;
  pages: number;
  next: URL | null;
  /** The page that is being read, for all who wait for it. */
  reading: Promise<void> | undefined;
}

/**
 * Looks tags up page by page, a hundred with one question, since a list of tags asks for each of them, and Hub counts the
 * questions. Those of the newest pages are remembered for half a minute.
 */
export function createHubTags(means: HubMeans): HubTags {
  const books = new Map<string, TagBook>();
  const bookOf = (repository: string): TagBook => {
    const now = means.session.clock.now();
    const known = books.get(repository);
    if (known && known.until > now) return known;
    const next = firstPage(means, `${pathOf(repository)}/tags`);
    const until = now + hubLimits.tagsFor;
    const fresh: TagBook = { until, tags: new Map(), pages: 0, next, reading: undefined };
    books.delete(repository);
    books.set(repository, fresh);
    const [oldest] = books.keys();
    if (books.size > hubLimits.tagBooks && oldest !== undefined) books.delete(oldest);
    return fresh;
  };
  const turnPage = async (book: TagBook, url: URL): Promise<void> => {
    // Several wait for it, so that none of them alone can call it off; it ends by itself.
    const { signal } = new AbortController();
    const page = await readHubPage(means, { url, entry: hubTagSchema, signal }).catch(
      // The next to ask would be told the same; the book is closed until it is too old.
      () => undefined,
    );
    for (const tag of page?.entries ?? []) book.tags.set(tag.name, tag);
    book.pages += 1;
    book.next = book.pages < hubLimits.tagPages ? (page?.next ?? null) : null;
  };
  return {
    find: async (repository, name, signal) => {
      const book = bookOf(repository);
      while (!book.tags.has(name) && book.next) {
        book.reading ??= turnPage(book, book.next).finally(() => {
          book.reading = undefined;
        });
        await unlessCancelled(book.reading, signal);
      }
      const found = book.tags.get(name);
      // All of a short list has been read by now.
      if (found || book.pages < hubLimits.tagPages) return found;
      const url = new URL(`${pathOf(repository)}/tags/${name}`, means.session.origin);
      return askHub(means, { url, schema: hubTagSchema, signal }).catch((error: unknown) => {
        if (signal.aborted) throw error;
        return undefined;
      });
    },
  };
}

function pathOf(repository: string): string {
  const [namespace, ...name] = repository.split('/');
  return `/v2/namespaces/${namespace}/repositories/${name.join('/')}`;
}

/** Waits, or leaves the work to others when the signal fires. */
async function unlessCancelled(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const cancelled = () => new RegentError('CANCELLED', { subject: DOCKER_HUB });
  if (signal.aborted) throw cancelled();
  let leave = (): void => undefined;
  const left = new Promise<never>((_, reject) => {
    leave = () => reject(cancelled());
    signal.addEventListener('abort', leave, { once: true });
  });
  await Promise.race([work, left]).finally(() => signal.removeEventListener('abort', leave));
}
