import { connect } from 'node:net';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import { DeadlinePassed, withDeadline } from '../../../platform/deadline.ts';
import { isOwnSocket } from './agent-place.ts';
import { type AgentReply, type AgentRequest, formatLine, readReply } from './wire.ts';

/** It only computes, and nobody has to be asked; but a crowd waits its turn. In milliseconds. */
const DEADLINE = 20_000;

/** Nobody listens there, or not any more. */
const GONE = new Set(['ENOENT', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE']);

/**
 * Asks the first agent that listens at one of the places; undefined when none does, or it ends before it answers.
 * @throws RegentError `UNLOCK_FAILED` when one is there and does not answer
 */
export async function askAgent(
  sockets: readonly string[],
  request: AgentRequest,
): Promise<AgentReply | undefined> {
  for (const socket of sockets) {
    if (!(await isOwnSocket(socket))) continue;
    const reply = await converse(socket, formatLine(request));
    if (reply !== undefined) return reply;
  }
  return undefined;
}

async function converse(path: string, line: string): Promise<AgentReply | undefined> {
  const socket = connect(path);
  const answer = new Promise<string>((resolve, reject) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      text += chunk;
    });
    socket.once('error', reject).once('end', () => resolve(text));
    // Not half-closed: what is on the other side ends the conversation.
    socket.write(line);
  });
  try {
    return readReply(await withDeadline(answer, DEADLINE));
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!(error instanceof DeadlinePassed) && GONE.has(code)) return undefined;
    throw new RegentError('UNLOCK_FAILED', { detail: code }, error);
  } finally {
    socket.destroy();
  }
}
