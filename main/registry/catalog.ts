import { RegentError } from '../../shared/errors/index.ts';
import { isRefusedLogin } from '../../shared/errors/refused-login.ts';
import { isRepository } from '../../shared/model/reference.ts';
import { expectOk } from './answer-checks.ts';
import type { Authorizer } from './auth/authorizer.ts';
import { catalogScope } from './auth/scopes.ts';
import { isOfHarbor, listOfHarbor } from './harbor-list.ts';
import { limits } from './limits.ts';
import { askInPages, readPages } from './paging.ts';
import { ping } from './ping.ts';
import { readNames } from './read-names.ts';
import type { Session } from './session.ts';
import type { HttpAnswer } from './transport/exchange.ts';

/** Refusals that may be about the list alone: many registries keep it closed, or know none. */
const CLOSED: ReadonlySet<number> = new Set([400, 401, 403, 404, 405, 501]);

/**
 * Lists all repositories, page by page, each once; where Harbor keeps its catalog to its administrators, those that the
 * login may see.
 * @throws RegentError `CATALOG_UNAVAILABLE` where only the list is refused, and the usual ones
 */
export async function* listRepositories(
  session: Session,
  authorizer: Authorizer,
  signal: AbortSignal,
): AsyncGenerator<readonly string[], void, void> {
  let isHarbor = false;
  const look: Authorizer = async (request) => {
    const result = await authorizer(request);
    isHarbor ||= isOfHarbor(result.answer);
    return result;
  };
  try {
    yield* readPages({
      address: session.address,
      first: new URL('/v2/_catalog', session.origin),
      isName: isRepository,
      fetch: async (url) => {
        const answer = await askCatalog(session, look, url, signal);
        return { answer, names: readNames(answer.body, 'repositories', session.address) };
      },
    });
  } catch (error) {
    const isClosed = error instanceof RegentError && error.code === 'CATALOG_UNAVAILABLE';
    if (!isClosed || !isHarbor) throw error;
    yield* listOfHarbor(session, authorizer, signal, error);
  }
}

async function askCatalog(
  session: Session,
  authorizer: Authorizer,
  page: URL,
  signal: AbortSignal,
): Promise<HttpAnswer> {
  try {
    const result = await askInPages(page, (url) =>
      authorizer({
        route: 'catalog',
        scope: catalogScope,
        url,
        accept: 'application/json',
        limit: limits.page,
        signal,
      }),
    );
    return expectOk(result, { kind: 'registry' }, session);
  } catch (error) {
    const status = refusalStatus(error);
    if (status === undefined || !CLOSED.has(status)) throw error;
    // A wrong password, or no registry at all, would show here too, and in better words.
    await ping(session, authorizer, signal);
    throw new RegentError('CATALOG_UNAVAILABLE', { address: session.address, status }, error);
  }
}

/** The status behind a refusal by the registry or by its token server; undefined for other errors. */
function refusalStatus(error: unknown): number | undefined {
  if (!(error instanceof RegentError)) return undefined;
  if (isRefusedLogin(error)) return 401;
  if (error.code === 'ACCESS_DENIED') return 403;
  const { data } = error;
  return error.code === 'REGISTRY_ERROR' && 'status' in data ? data.status : undefined;
}
