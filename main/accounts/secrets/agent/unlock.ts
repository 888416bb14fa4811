import { readFile } from 'node:fs/promises';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import type { Clock } from '../../../platform/clock.ts';
import { open, recipientOf } from '../files/age.ts';
import { type ServedAgent, serveAgent } from './serve-agent.ts';

/** What an agent is started with. It holds a passphrase, so it goes through no argument and no environment. */
export interface UnlockOrder {
  /** The identity's file, encrypted with the passphrase. */
  readonly identityFile: string;
  readonly recipient: string;
  readonly passphrase: string;
  /** In milliseconds since 1970. */
  readonly until: number;
  readonly sockets: readonly string[];
}

/**
 * Opens the identity and starts serving it.
 * @throws RegentError `PASSPHRASE_WRONG`, `STATE_INVALID`, `FILE_FAILED`, `UNLOCK_FAILED`
 */
export async function unlock(order: UnlockOrder, clock: Clock): Promise<ServedAgent> {
  const identity = await readIdentity(order);
  return serveAgent({ identity, until: order.until, sockets: order.sockets, clock });
}

async function readIdentity({ identityFile, passphrase, recipient }: UnlockOrder): Promise<string> {
  const path = identityFile;
  const file = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw new RegentError('FILE_FAILED', { path, reason: error.code ?? '' }, error);
  });
  const opened = await open({ kind: 'passphrase', passphrase }, file);
  if (opened.kind === 'foreign') throw new RegentError('PASSPHRASE_WRONG', {});
  if (opened.kind === 'damaged' || (await recipientOf(opened.text)) !== recipient) {
    throw new RegentError('STATE_INVALID', { path });
  }
  return opened.text;
}
