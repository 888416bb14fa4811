import type { Authorizer } from './auth/authorizer.ts';
import type { PlacedContent } from './cache/content-store.ts';
import type { Session } from './session.ts';

/** A repository on its registry, and for how long the asker is interested. */
export interface Place {
  readonly session: Session;
  readonly authorizer: Authorizer;
  readonly repository: string;
  readonly signal: AbortSignal;
  /** What was seen there before, on this machine; undefined where nothing is kept. */
  readonly content?: PlacedContent | undefined;
}
