import * as z from 'zod';
import type { RegentError } from '../../shared/errors/index.ts';
import { isRepository } from '../../shared/model/reference.ts';
import { headerLines, parseChallenges } from '../../shared/model/www-authenticate.ts';
import { expectOk } from './answer-checks.ts';
import type { Authorizer } from './auth/authorizer.ts';
import { limits } from './limits.ts';
import { readPages } from './paging.ts';
import { readJson } from './read-json.ts';
import type { Session } from './session.ts';
import type { HttpAnswer } from './transport/exchange.ts';

const pageSchema = z
  .array(z.object({ name: z.unknown().optional() }).transform(({ name }) => name))
  .max(limits.namesPerPage);

const CLOSED: ReadonlySet<number> = new Set([400, 401, 403, 404]);

/** Whether Harbor itself has refused something: it asks for a password in its own name. */
export function isOfHarbor({ rawHeaders }: HttpAnswer): boolean {
  return parseChallenges(headerLines(rawHeaders, 'www-authenticate')).some(
    ({ scheme, parameters }) => scheme === 'basic' && parameters.get('realm') === 'harbor',
  );
}

/**
 * Lists what the login may see on a Harbor, whose catalog only its administrators may read, by Harbor's own API ("List all
 * authorized repositories"): on the same server, with the same proof as the catalog.
 * @param closed what is thrown where that API is not there, or closed, too
 * @throws RegentError as a list of all does
 */
export function listOfHarbor(
  session: Session,
  authorizer: Authorizer,
  signal: AbortSignal,
  closed: RegentError,
): AsyncGenerator<readonly string[]> {
  return readPages({
    address: session.address,
    first: new URL('/api/v2.0/repositories?page=1&page_size=100', session.origin),
    isName: isRepository,
    fetch: async (url) => {
      const accept = 'application/json';
      const result = await authorizer({
        ...{ route: 'catalog', scope: null, url, accept, limit: limits.page, signal },
      });
      if (CLOSED.has(result.answer.status)) throw closed;
      const answer = expectOk(result, { kind: 'registry' }, session);
      return { answer, names: readJson(answer.body, pageSchema, session.address) };
    },
  });
}
