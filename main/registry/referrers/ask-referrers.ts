import { expectOk } from '../answer-checks.ts';
import { pullScope } from '../auth/scopes.ts';
import { listOf, objectOf, parseJson, reading } from '../describe/read-value.ts';
import { readPages } from '../paging.ts';
import type { Place } from '../place.ts';
import { type HttpAnswer, headerOf } from '../transport/exchange.ts';
import { type FoundReferrer, MOST_REFERRERS, readReferrer } from './found-referrer.ts';

const INDEX = 'application/vnd.oci.image.index.v1+json';

/** The specification keeps manifests below this, and a page is one. */
const LARGEST_PAGE = 4 * 1024 * 1024;

/** A descriptor with its annotations, in characters: all that are kept together fit into the memory. */
const LONGEST = 32 * 1024;

/** How registries without the list answer: 404 by the specification, the others have been seen. */
const UNSUPPORTED: ReadonlySet<number> = new Set([400, 404, 405, 406, 501]);

/**
 * Asks a registry for the manifests about another one (OCI distribution specification 1.1, "Listing Referrers"), all
 * pages of them. No filter is asked for, so that it does not matter whether a registry applies one.
 * @returns undefined where it keeps no such list; some say so with 200 and something that is no index
 * @throws RegentError the usual ones
 */
export async function askReferrers(
  place: Place,
  digest: string,
): Promise<readonly FoundReferrer[] | undefined> {
  const { repository, session } = place;
  let isSupported = true;
  const pages = readPages({
    address: session.address,
    first: new URL(`/v2/${repository}/referrers/${digest}`, session.origin),
    isName: (text) => text.length <= LONGEST,
    fetch: async (url) => {
      const { answer, descriptors } = await askPage(place, url);
      isSupported &&= descriptors !== undefined;
      // The pages are of names; a descriptor is told apart from others by all that it says.
      return { answer, names: (descriptors ?? []).map((one) => JSON.stringify(one)) };
    },
  });
  const texts: string[] = [];
  for await (const page of pages) {
    texts.push(...page);
    if (texts.length >= MOST_REFERRERS) break;
  }
  if (!isSupported && texts.length === 0) return undefined;
  return reading(session.address, () =>
    texts.slice(0, MOST_REFERRERS).map((text) => readReferrer(JSON.parse(text), 'referrers')),
  );
}

async function askPage({ authorizer, repository, session, signal }: Place, url: URL) {
  const result = await authorizer({
    ...{ route: 'repository', scope: pullScope(repository), accept: INDEX },
    ...{ url, limit: LARGEST_PAGE, signal },
  });
  const { answer } = result;
  if (UNSUPPORTED.has(answer.status)) return { answer, descriptors: undefined };
  expectOk(result, { kind: 'repository', repository }, session);
  return { answer, descriptors: descriptorsOf(answer) };
}

function descriptorsOf(answer: HttpAnswer): readonly unknown[] | undefined {
  const type = headerOf(answer, 'content-type')?.split(';')[0]?.trim().toLowerCase();
  if (type !== INDEX) return undefined;
  try {
    return listOf(objectOf(parseJson(answer.body)).manifests);
  } catch {
    return undefined;
  }
}
