import * as z from 'zod';
import { RegentError } from '../../../shared/errors/index.ts';
import { askHub, type HubMeans } from './ask-hub.ts';
import { hubLimits } from './hub-limits.ts';

/** One page of a list of Hub's. */
export interface HubPage<T> {
  /** Those entries that are what they should be. */
  readonly entries: readonly T[];
  readonly next: URL | null;
}

const pageSchema = z.object({
  next: z.string().max(4096).nullish(),
  results: z.array(z.unknown()).max(1_000),
});

/** The first page of a list of Hub's. */
export function firstPage({ session }: HubMeans, path: string, query = {}): URL {
  const url = new URL(path, session.origin);
  url.search = new URLSearchParams({ ...query, page_size: String(hubLimits.pageSize) }).toString();
  return url;
}

/**
 * Reads one page; undefined where there is no such list. An entry that makes no sense is passed over. Of the link to the
 * next page, which must lead to the same server, only the query counts.
 * @throws RegentError as of {@link askHub}
 */
export async function readHubPage<T>(
  means: HubMeans,
  {
    url,
    entry,
    ...rest
  }: {
    readonly url: URL;
    readonly entry: z.ZodType<T>;
    readonly isAnonymous?: true;
    readonly signal: AbortSignal;
  },
): Promise<HubPage<T> | undefined> {
  const page = await askHub(means, { url, schema: pageSchema, ...rest });
  if (!page) return undefined;
  const entries = page.results.flatMap((one) => {
    const { success, data } = entry.safeParse(one);
    return success ? [data] : [];
  });
  return { entries, next: page.results.length > 0 ? nextOf(means, url, page.next) : null };
}

function nextOf({ session }: HubMeans, url: URL, link: string | null | undefined): URL | null {
  if (!link) return null;
  const target = URL.canParse(link, url.href) ? new URL(link, url.href) : undefined;
  if (target?.origin !== url.origin) {
    const detail = 'a next page on another server';
    throw new RegentError('REGISTRY_RESPONSE_INVALID', { address: session.address, detail });
  }
  const next = new URL(url);
  next.search = target.search;
  return next;
}

/**
 * Reads a list page by page, until one says that there is no other, or leads back to one that was read; nothing where
 * there is no such list.
 * @throws RegentError as of {@link askHub}, `REGISTRY_RESPONSE_INVALID` for a list without end
 */
export async function* readHubPages<T>(
  means: HubMeans,
  first: URL,
  entry: z.ZodType<T>,
  signal: AbortSignal,
): AsyncGenerator<readonly T[], void, void> {
  const visited = new Set<string>();
  for (let url: URL | null = first; url && !visited.has(url.href); ) {
    if (visited.size >= hubLimits.pages) {
      const { address } = means.session;
      const detail = 'list without end';
      throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail });
    }
    visited.add(url.href);
    const page: HubPage<T> | undefined = await readHubPage(means, { url, entry, signal });
    if (page) yield page.entries;
    url = page?.next ?? null;
  }
}
