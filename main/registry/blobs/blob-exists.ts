import { expectOk } from '../answer-checks.ts';
import type { RegistryRequest } from '../auth/authorizer.ts';
import { pushScope } from '../auth/scopes.ts';
import { limits } from '../limits.ts';
import type { Place } from '../place.ts';

/**
 * Whether a repository has a blob, asked before it is written to. A storage server that the registry sends us to may
 * answer only what its link was signed for, so a HEAD that it refuses is asked again as a GET of one byte.
 * @throws RegentError the usual ones
 */
export async function blobExists(place: Place, digest: string): Promise<boolean> {
  const { session, repository } = place;
  const { answer, ...rest } = await ask(place, digest, { method: 'HEAD' });
  if (answer.status === 404) return false;
  const isElsewhere = answer.url.origin !== session.origin.origin;
  const result =
    isElsewhere && answer.status >= 400
      ? await ask(place, digest, { headers: { range: 'bytes=0-0' }, streams: true })
      : { answer, ...rest };
  // Nobody reads it.
  result.answer.stream?.on('error', () => undefined).destroy();
  if (result.answer.status === 404) return false;
  // An empty blob has no first byte.
  if ([200, 206, 416].includes(result.answer.status)) return true;
  expectOk(result, { kind: 'blob', repository, digest }, session);
  return true;
}

function ask(
  { session, authorizer, repository, signal }: Place,
  digest: string,
  how: Pick<RegistryRequest, 'method' | 'headers' | 'streams'>,
) {
  return authorizer({
    ...{
      route: 'repository',
      scope: pushScope(repository),
      accept: '*/*',
      signal,
      mayGoPlain: true,
    },
    ...{ limit: limits.refusal, ...how },
    url: new URL(`/v2/${repository}/blobs/${digest}`, session.origin),
  });
}
