import { pullScope } from '../auth/scopes.ts';
import type { Place } from '../place.ts';
import { headerOf } from '../transport/exchange.ts';
import { inParallel } from './in-parallel.ts';

const WIDTH = 8;

/** Asks for the sizes of blobs, in bytes by digest; those that the registry does not tell are left out. */
export async function fetchSizes(
  place: Place,
  digests: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { session, authorizer, repository, signal } = place;
  const distinct = [...new Set(digests)];
  const sizes = await inParallel(distinct, WIDTH, async (digest) => {
    const url = new URL(`/v2/${repository}/blobs/${digest}`, session.origin);
    const { answer } = await authorizer({
      ...{ method: 'HEAD', route: 'repository', scope: pullScope(repository), url },
      ...{ accept: '*/*', limit: 0, signal, mayGoPlain: true },
    });
    const length = headerOf(answer, 'content-length') ?? '';
    return answer.status === 200 && /^\d{1,15}$/.test(length) ? Number(length) : undefined;
  });
  return new Map(
    distinct.flatMap((digest, at) => {
      const size = sizes[at];
      return size === undefined ? [] : [[digest, size] as const];
    }),
  );
}
