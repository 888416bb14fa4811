import type { Session } from '../session.ts';
import type { Ask } from './ask.ts';

/** A repository on a registry of the first generation, and for how long the asker is interested. */
export interface FirstPlace {
  readonly session: Session;
  readonly ask: Ask;
  readonly repository: string;
  readonly signal: AbortSignal;
}
