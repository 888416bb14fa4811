import { RegentError } from '../../../../shared/errors/index.ts';

/** Why a layer's files can't be read; `why` chooses the words. */
export type UnreadableReason = 'damaged' | 'compression' | 'encrypted' | 'noArchive' | 'window';

/** Ends the reading of a layer; whoever knows which layer it is makes a RegentError of it. */
export class UnreadableLayer extends Error {
  readonly reason: UnreadableReason;

  constructor(reason: UnreadableReason, cause?: unknown) {
    super(reason, { cause });
    this.reason = reason;
  }
}

/** Says of which layer an error is; others come back as they are. */
export function withLayer(error: unknown, digest: string): unknown {
  if (!(error instanceof UnreadableLayer)) return error;
  return new RegentError('LAYER_UNREADABLE', { digest, reason: error.reason }, error);
}
