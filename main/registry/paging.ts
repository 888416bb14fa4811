import { hash } from 'node:crypto';
import { RegentError } from '../../shared/errors/index.ts';
import { headerLines } from '../../shared/model/www-authenticate.ts';
import { limits } from './limits.ts';
import type { HttpAnswer } from './transport/exchange.ts';

/** Registry 2.8 refuses more than 1,000 names a page, and some refuse that too. */
const PAGE_SIZES = ['1000', '100'] as const;

/** One page of names as the server sent it. */
interface Page {
  readonly answer: HttpAnswer;
  readonly names: readonly unknown[];
}

/** How to page through a list. */
export interface Paging {
  readonly address: string;
  readonly first: URL;
  readonly fetch: (url: URL) => Promise<Page>;
  /** Whether a name can be what it should be; the others are dropped. */
  readonly isName: (name: string) => boolean;
}

const NEXT = /<([^<>]*)>(?=[^,<]*;\s*rel\s*=\s*"?next\b)/i;

/**
 * Follows `Link: <…>; rel="next"` page by page, each name once. Only the query of a link is used, on the
 * registry's own origin and path: servers behind proxies link to their inner names, and hostile ones elsewhere.
 * Ends at a page that was seen before or that adds nothing new.
 * @throws RegentError `REGISTRY_RESPONSE_INVALID` for a list without end
 */
export async function* readPages(paging: Paging): AsyncGenerator<readonly string[]> {
  const { address, first } = paging;
  const visited = new Set<string>();
  const seen = createSeen();
  let page: Promise<Page> | undefined = fetchAhead(paging, first);
  let url = first;
  while (page) {
    const { answer, names }: Page = await page;
    visited.add(url.href);
    const next: URL | undefined = nextUrl(answer, first);
    const isNew = next !== undefined && !visited.has(next.href);
    if (isNew && (visited.size >= limits.pages || seen.size > limits.names)) {
      throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'list without end' });
    }
    // The server is at work on the next page while this one is looked at.
    page = isNew && names.length > 0 ? fetchAhead(paging, next) : undefined;
    const before = seen.size;
    const good = addNew(names, seen, paging.isName);
    if (good.length > 0) yield good;
    if (seen.size === before) return;
    url = next ?? url;
  }
}

/** The page, asked for now; that it fails counts only once somebody waits for it. */
function fetchAhead(paging: Paging, url: URL): Promise<Page> {
  const page = paging.fetch(url);
  page.catch(() => undefined);
  return page;
}

/** The names that were not seen before and can be what they should be. */
function addNew(
  names: readonly unknown[],
  seen: Seen,
  isName: (name: string) => boolean,
): readonly string[] {
  const good: string[] = [];
  for (const name of names) {
    if (typeof name !== 'string') continue;
    const isGood = isName(name);
    // Of what is no name, a page may hold many megabytes.
    if (seen.add(isGood ? name : hash('sha256', name)) && isGood) good.push(name);
  }
  return good;
}

/** What has been in a list so far. */
interface Seen {
  readonly size: number;
  /** Whether it is new. */
  add(name: string): boolean;
}

/** Lists that are sorted, as those of most servers, can repeat nothing: only for others a set is made. */
function createSeen(): Seen {
  const sorted: string[] = [];
  let last = '';
  let all: Set<string> | undefined;
  return {
    get size() {
      return all?.size ?? sorted.length;
    },
    add: (name) => {
      if (!all && name > last) {
        sorted.push(name);
        last = name;
        return true;
      }
      all ??= new Set(sorted);
      const before = all.size;
      return all.add(name).size > before;
    },
  };
}

/**
 * Asks for a page; for the first one, whose URL has no query yet, with a page size that the server accepts. The
 * size is always stated, since GitHub's registry links to pages of none otherwise.
 */
export async function askInPages<T extends { readonly answer: HttpAnswer }>(
  page: URL,
  ask: (url: URL) => Promise<T>,
): Promise<T> {
  if (page.search !== '') return ask(page);
  const [large, small] = PAGE_SIZES.map((size) => new URL(`?n=${size}`, page)) as [URL, URL];
  const result = await ask(large);
  return result.answer.status === 400 ? ask(small) : result;
}

function nextUrl(answer: HttpAnswer, first: URL): URL | undefined {
  const link = headerLines(answer.rawHeaders, 'link')
    .map((line) => NEXT.exec(line)?.[1])
    .find((target) => target !== undefined);
  if (link === undefined || !URL.canParse(link, answer.url.href)) return undefined;
  const next = new URL(first);
  next.search = new URL(link, answer.url.href).search;
  return next;
}
