import type { Authorizer } from './auth/authorizer.ts';
import type { Session } from './session.ts';

/** A repository on its registry, and for how long the asker is interested. */
export interface Place {
  readonly session: Session;
  readonly authorizer: Authorizer;
  readonly repository: string;
  readonly signal: AbortSignal;
}
