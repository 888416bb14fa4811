import { RegentError } from '../../../shared/errors/index.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Token, TokenRequest } from './token.ts';

/** Tokens in memory, by realm, service, scopes and account. */
export interface TokenCache {
  /** A token that is still good; many askers share one fetch. Rejects with `CANCELLED` when the asker's own signal fires. */
  get(request: TokenRequest, signal: AbortSignal): Promise<string>;
  /** Forgets a token that the registry did not accept. */
  drop(value: string): void;
}

/** Makes an empty cache in front of a fetch, for the registry at that address. */
export function createTokenCache(
  fetch: (request: TokenRequest) => Promise<Token>,
  clock: Clock,
  address: string,
): TokenCache {
  const tokens = new Map<string, Token>();
  const fetches = new Map<string, Promise<Token>>();
  const fetchOnce = (key: string, request: TokenRequest): Promise<Token> => {
    const running = fetches.get(key);
    if (running) return running;
    const started = fetch(request)
      .then((token) => {
        tokens.set(key, token);
        return token;
      })
      .finally(() => fetches.delete(key));
    fetches.set(key, started);
    return started;
  };
  return {
    get: async (request, signal) => {
      const key = keyOf(request);
      const known = tokens.get(key);
      if (known && known.expiresAt > clock.now()) return known.value;
      const token = await abortable(fetchOnce(key, request), signal, address);
      return token.value;
    },
    drop: (value) => {
      for (const [key, token] of tokens) if (token.value === value) tokens.delete(key);
    },
  };
}

function keyOf({ realm, service, scopes, account }: TokenRequest): string {
  return JSON.stringify([realm.href, service, [...scopes].sort(), account?.id ?? 0]);
}

function abortable<T>(promise: Promise<T>, signal: AbortSignal, subject: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(new RegentError('CANCELLED', { subject }));
    if (signal.aborted) abort();
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
