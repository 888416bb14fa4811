import { randomBytes } from 'node:crypto';
import { chmod, lstat, rename, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { RegentError } from '../../../../shared/errors/regent-error.ts';
import type { Clock } from '../../../platform/clock.ts';
import { withLock } from '../../../platform/with-lock.ts';
import { open } from '../files/age.ts';
import { prepareSocket } from './agent-place.ts';
import { askAgent } from './ask-agent.ts';
import { type AgentReply, type AgentRequest, formatLine, LINE_LIMIT, readRequest } from './wire.ts';

/** What an agent works with. */
export interface AgentOptions {
  /** Kept in memory, and given to nobody. */
  readonly identity: string;
  /** When it ends by itself, in milliseconds since 1970. */
  readonly until: number;
  /** Where it may listen, the best first. */
  readonly sockets: readonly string[];
  readonly clock: Clock;
}

/** An agent at work. */
export interface ServedAgent {
  /** Settles when it has ended, by whatever. */
  readonly ended: Promise<void>;
  stop(): void;
}

/** How often it looks whether its time is over or its socket gone: a machine that slept has stopped its timers. */
const LOOK_MS = 2_000;

/** A caller that says nothing is sent away after this many milliseconds. */
const PATIENCE_MS = 10_000;

/** And whatever it says, after this many: no caller waits longer for an answer, see `askAgent`. */
const CALL_MS = 20_000;

/** What the conversations of an agent have in common. */
interface Service extends Pick<AgentOptions, 'identity' | 'until' | 'clock'> {
  readonly isStopped: () => boolean;
  /** Ends all conversations but one, at once. */
  readonly stop: (but?: Socket) => void;
}

/**
 * Decrypts for whoever reaches the socket, which is this user alone, until its time is over, it is asked to stop, or
 * its socket is gone, as when the system clears up after the user's last session. It takes the place of another agent
 * for the same logins.
 * @throws RegentError `UNLOCK_FAILED`, `FILE_FAILED`
 */
export async function serveAgent(options: AgentOptions): Promise<ServedAgent> {
  const path = await prepareSocket(options.sockets);
  const server = createServer();
  const callers = new Set<Socket>();
  let stopped = false;
  const stop = (but?: Socket) => {
    stopped = true;
    server.close();
    for (const socket of callers) if (socket !== but) socket.destroy();
  };
  server.on('connection', (socket) => {
    callers.add(socket);
    const timer = setTimeout(() => socket.destroy(), CALL_MS);
    socket.once('close', () => {
      clearTimeout(timer);
      callers.delete(socket);
    });
    void talk(socket, { ...options, stop, isStopped: () => stopped });
  });
  const mark = await withLock(path, async () => {
    await askAgent(options.sockets, { op: 'stop' }).catch(() => undefined);
    return listenAt(server, path);
  });
  const look = async () => {
    if (isOver(options) || (await markOf(path)) !== mark) stop();
  };
  const timer = setInterval(() => void look(), LOOK_MS);
  const ended = new Promise<void>((resolve) => server.once('close', resolve)).then(() => {
    clearInterval(timer);
    return removeOwn(path, mark);
  });
  return { ended, stop: () => stop() };
}

/** Under another name first, so that no moment is without the right mode. @returns the socket's mark */
async function listenAt(server: Server, path: string): Promise<string> {
  const temporary = path.replace(/\.sock$/, `-${randomBytes(4).toString('hex')}.sock`);
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(temporary, resolve);
    });
    await chmod(temporary, 0o600);
    const mark = (await markOf(temporary)) ?? '';
    await rename(temporary, path);
    return mark;
  } catch (error) {
    server.close();
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new RegentError('UNLOCK_FAILED', { detail: code }, error);
  }
}

/** Under the lock: another agent may be about to put its own there. */
async function removeOwn(path: string, mark: string): Promise<void> {
  if ((await markOf(path)) !== mark) return;
  const remove = async () => {
    if ((await markOf(path)) === mark) await rm(path, { force: true });
  };
  await withLock(path, remove).catch(() => undefined);
}

/** Tells one socket from another of the same name: numbers of removed files are given away again, so with its time. */
async function markOf(path: string): Promise<string | undefined> {
  const stat = await lstat(path, { bigint: true }).catch(() => undefined);
  return stat && `${stat.ino} ${stat.mtimeNs}`;
}

const isOver = ({ clock, until }: Pick<AgentOptions, 'clock' | 'until'>) => clock.now() >= until;

async function talk(socket: Socket, service: Service): Promise<void> {
  socket.on('error', () => undefined);
  socket.setTimeout(PATIENCE_MS, () => socket.destroy());
  const line = await readLine(socket);
  if (line === undefined || service.isStopped() || isOver(service)) {
    socket.destroy();
    return;
  }
  const request = readRequest(line);
  // Gone before it answers: whoever asked may start another one at once.
  if (request?.op === 'stop') service.stop(socket);
  const reply = request ? await answer(request, service) : ({ kind: 'refused' } as const);
  if (!socket.destroyed) socket.end(formatLine(reply));
}

async function answer(request: AgentRequest, service: Service): Promise<AgentReply> {
  if (request.op !== 'decrypt') {
    return { kind: 'until', until: new Date(service.until).toISOString() };
  }
  const key = { kind: 'identities', identities: [service.identity] } as const;
  const opened = await open(key, Buffer.from(request.file, 'base64'));
  return opened.kind === 'text' ? opened : { kind: 'refused' };
}

/** Undefined where there is no whole line, or one that is too long. */
function readLine(socket: Socket): Promise<string | undefined> {
  return new Promise((resolve) => {
    const chunks: string[] = [];
    let length = 0;
    socket.setEncoding('utf8').on('data', (chunk: string) => {
      chunks.push(chunk);
      length += chunk.length;
      if (chunk.includes('\n')) resolve(chunks.join('').split('\n')[0]);
      else if (length > LINE_LIMIT) resolve(undefined);
    });
    socket.once('end', () => resolve(undefined)).once('close', () => resolve(undefined));
  });
}
