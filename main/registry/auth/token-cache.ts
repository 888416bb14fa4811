import { RegentError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Token } from './token-answer.ts';
import type { TokenRequest } from './token-request.ts';

/** Tokens in memory, by realm, service, scopes and account. */
export interface TokenCache {
  /** A token that is still good; many askers share one fetch. Rejects with `CANCELLED` when the asker's own signal fires. */
  get(request: TokenRequest, signal: AbortSignal): Promise<string>;
  /** Forgets a token that the registry did not accept. */
  drop(value: string): void;
}

/** A fetch under way, which ends early when nobody waits for it any more. */
interface SharedFetch {
  readonly token: Promise<Token>;
  readonly stop: AbortController;
  waiters: number;
}

/** Makes an empty cache in front of a fetch, for the registry at that address. */
export function createTokenCache(
  fetch: (request: TokenRequest, signal: AbortSignal) => Promise<Token>,
  clock: Clock,
  address: string,
): TokenCache {
  const tokens = new Map<string, Token>();
  const fetches = new Map<string, SharedFetch>();
  const begin = (key: string, request: TokenRequest): SharedFetch => {
    const stop = new AbortController();
    const token = fetch(request, stop.signal);
    const begun = { token, stop, waiters: 0 };
    fetches.set(key, begun);
    const forget = () => {
      if (fetches.get(key) === begun) fetches.delete(key);
    };
    token.then((fetched) => tokens.set(key, fetched)).then(forget, forget);
    return begun;
  };
  const join = (key: string, shared: SharedFetch, signal: AbortSignal): Promise<Token> =>
    new Promise((resolve, reject) => {
      const leave = () => {
        shared.waiters -= 1;
        reject(new RegentError('CANCELLED', { subject: address }));
        if (shared.waiters > 0) return;
        if (fetches.get(key) === shared) fetches.delete(key);
        shared.stop.abort();
      };
      shared.waiters += 1;
      signal.addEventListener('abort', leave, { once: true });
      shared.token.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
    });
  return {
    get: async (request, signal) => {
      const key = keyOf(request);
      const known = tokens.get(key);
      if (known && known.expiresAt > clock.now()) return known.value;
      if (signal.aborted) throw new RegentError('CANCELLED', { subject: address });
      const shared = fetches.get(key) ?? begin(key, request);
      return (await join(key, shared, signal)).value;
    },
    drop: (value) => {
      for (const [key, token] of tokens) if (token.value === value) tokens.delete(key);
    },
  };
}

function keyOf({ realm, service, scopes, account }: TokenRequest): string {
  return JSON.stringify([realm.href, service, [...scopes].sort(), account?.id ?? 0]);
}
