import type { Clock } from '../../platform/clock.ts';
import type { Exchange } from '../transport/exchange.ts';
import type { Account } from './credentials.ts';
import type { Scope } from './scopes.ts';

/** What a token is for. `service` is null where the challenge named none. */
export interface TokenRequest {
  readonly realm: URL;
  readonly service: string | null;
  readonly scopes: readonly Scope[];
  readonly account: Account | null;
}

/** What fetching a token takes. */
export interface TokenMeans {
  /** The registry as people call it. */
  readonly address: string;
  readonly exchange: Exchange;
  readonly clock: Clock;
}
