import { RegentError } from '../../../shared/errors/index.ts';
import type { AuthorizedAnswer, Authorizer } from '../auth/authorizer.ts';
import { headManifest } from '../manifests/head-manifest.ts';
import { type Generation, type Pong, ping } from '../ping.ts';
import type { Place } from '../place.ts';
import type { Session } from '../session.ts';
import { headerOf } from '../transport/exchange.ts';

/** An authorizer that finds out of which generation its registry is. */
export interface Recognising {
  /** As the one within; rejects with `REGISTRY_IS_V1` whatever a registry of the first generation does not know. */
  readonly authorizer: Authorizer;
  /** What its `/v1/_ping` answered; undefined while it is not known to be of the first generation. */
  firstPong(): Pong | undefined;
  /** Finds it out, where it is not known yet, by asking for a manifest. Rejects with `REGISTRY_IS_V1` alone. */
  recognise(place: Place, reference: string): Promise<void>;
}

/**
 * Recognises registries of the first generation by the way: only where one answers as if there were nothing, it is asked
 * what it is, so that to others nothing is sent for it.
 */
export function recognising(session: Session, authorizer: Authorizer): Recognising {
  const { address, origin } = session;
  let api: Generation | undefined;
  let first: Pong | undefined;
  const learn = async ({ answer }: AuthorizedAnswer, signal: AbortSignal): Promise<void> => {
    if (answer.status < 300 || headerOf(answer, 'docker-distribution-api-version') !== undefined) {
      api = 'v2';
    }
    if (api !== undefined || answer.status !== 404) return;
    // What is wrong with the ping is of no interest here.
    const pong = await ping(session, authorizer, signal).catch(() => undefined);
    api = pong?.api;
    if (api === 'v1') first = pong;
  };
  return {
    firstPong: () => first,
    recognise: async (place, reference) => {
      if (api === 'v2') return;
      await headManifest(place, reference).catch(() => undefined);
      if (first) throw new RegentError('REGISTRY_IS_V1', { address });
    },
    authorizer: async (request) => {
      const isSecond = request.url.origin === origin.origin && isSecondPath(request.url.pathname);
      if (!isSecond) return authorizer(request);
      if (api === undefined) {
        const result = await authorizer(request);
        await learn(result, request.signal);
        if (!first) return result;
      }
      if (first) throw new RegentError('REGISTRY_IS_V1', { address });
      return authorizer(request);
    },
  };
}

/** The ping itself tells one from the other. */
function isSecondPath(path: string): boolean {
  return path.startsWith('/v2/') && path !== '/v2/';
}
