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
  const seen = new Set<unknown>();
  let url: URL | undefined = first;
  while (url && !visited.has(url.href)) {
    visited.add(url.href);
    if (visited.size > limits.pages || seen.size > limits.names) {
      throw new RegentError('REGISTRY_RESPONSE_INVALID', { address, detail: 'list without end' });
    }
    const { answer, names } = await paging.fetch(url);
    const fresh = [...new Set(names)].filter((name) => !seen.has(name));
    for (const name of fresh) seen.add(name);
    const good = fresh.filter((name) => typeof name === 'string').filter(paging.isName);
    if (good.length > 0) yield good;
    url = fresh.length > 0 ? nextUrl(answer, first) : undefined;
  }
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
