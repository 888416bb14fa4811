import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { agentSockets } from '../../../../../main/accounts/secrets/agent/agent-place.ts';
import { askAgent } from '../../../../../main/accounts/secrets/agent/ask-agent.ts';
import {
  type ServedAgent,
  serveAgent,
} from '../../../../../main/accounts/secrets/agent/serve-agent.ts';
import { readReply, readRequest } from '../../../../../main/accounts/secrets/agent/wire.ts';
import { makeIdentity, sealFor } from '../../../../../main/accounts/secrets/files/age.ts';
import { createFakeClock, type FakeClock } from '../../../../fakes/clock.ts';

let root: string;
let clock: FakeClock;
let key: Awaited<ReturnType<typeof makeIdentity>>;
let sockets: readonly string[];
let started: ServedAgent[];

beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), 'regent-agent-'));
  clock = createFakeClock();
  key = await makeIdentity();
  const runtime = join(root, 'runtime');
  mkdirSync(runtime, { mode: 0o700 });
  sockets = agentSockets(join(root, 'data'), { XDG_RUNTIME_DIR: runtime }, key.recipient);
  started = [];
});
afterEach(async () => {
  for (const agent of started) agent.stop();
  await Promise.all(started.map(({ ended }) => ended));
  await rm(root, { recursive: true });
});

async function serve(until = clock.now() + 60_000): Promise<ServedAgent> {
  const agent = await serveAgent({ identity: key.identity, until, sockets, clock });
  started.push(agent);
  return agent;
}
const first = () => sockets[0] ?? '';
/** A caller that has said this much, and been heard, as one that came later was answered. It never falls silent. */
const call = async (start: string) => {
  const socket = connect(first());
  const said = new Promise<string>((resolve) => {
    let text = '';
    socket.on('error', () => undefined).on('close', () => resolve(text));
    socket.on('data', (chunk) => {
      text += chunk;
    });
  });
  socket.write(start);
  const drip = setInterval(() => socket.write(' '), 100);
  socket.once('close', () => clearInterval(drip));
  await askAgent(sockets, { op: 'until' });
  return { socket, said };
};
const decrypt = async (text: string, recipient = key.recipient) => {
  const file = Buffer.from(await sealFor(recipient, text)).toString('base64');
  return askAgent(sockets, { op: 'decrypt', file });
};

describe('the agent', () => {
  it('decrypts for its own user, and gives the key to nobody', async () => {
    await serve();
    expect(await decrypt('a secret')).toEqual({ kind: 'text', text: 'a secret' });
    expect(await decrypt('x'.repeat(1 << 20))).toMatchObject({ kind: 'text' });
    const other = await makeIdentity();
    expect(await decrypt('not for it', other.recipient)).toEqual({ kind: 'refused' });
    expect(statSync(first()).mode & 0o777).toBe(0o600);
    expect(statSync(join(first(), '..')).mode & 0o777).toBe(0o700);
  });

  it('serves many at once', async () => {
    await serve();
    const texts = Array.from({ length: 100 }, (_, n) => `secret ${n}`);
    const replies = await Promise.all(texts.map((text) => decrypt(text)));
    expect(replies).toEqual(texts.map((text) => ({ kind: 'text', text })));
  });

  it('answers nobody once its time is over, and then ends', async () => {
    const agent = await serve(clock.now() + 1000);
    expect(await askAgent(sockets, { op: 'until' })).toEqual({
      ...{ kind: 'until', until: '2026-01-02T03:04:06.000Z' },
    });
    clock.advance(1000);
    expect(await decrypt('a secret')).toBeUndefined();
    await agent.ended;
    expect(existsSync(first())).toBe(false);
  });

  it('ends when it is asked to', async () => {
    const agent = await serve();
    expect(await askAgent(sockets, { op: 'stop' })).toBeDefined();
    await agent.ended;
    expect(await decrypt('a secret')).toBeUndefined();
    expect(existsSync(first())).toBe(false);
  });

  it('ends when its socket is gone, as after the user’s last session', async () => {
    const agent = await serve();
    await rm(join(root, 'runtime'), { recursive: true });
    await agent.ended;
    expect(existsSync(join(root, 'runtime'))).toBe(false);
  });

  it('takes the place of another one', async () => {
    const one = await serve(clock.now() + 1000);
    await serve(clock.now() + 9000);
    await one.ended;
    expect(await askAgent(sockets, { op: 'until' })).toMatchObject({
      until: '2026-01-02T03:04:14.000Z',
    });
  });

  it('is one, however many are started at once', async () => {
    const agents = await Promise.all([serve(), serve(), serve(), serve()]);
    const left = new Set(agents);
    for (const agent of agents) void agent.ended.then(() => left.delete(agent));
    await expect.poll(() => left.size).toBe(1);
    expect(await decrypt('a secret')).toMatchObject({ kind: 'text' });
  });

  it('listens in the data folder where the runtime folder is not the user’s alone', async () => {
    mkdirSync(join(first(), '..'), { mode: 0o700 });
    chmodSync(join(first(), '..'), 0o755);
    await serve();
    expect(existsSync(first())).toBe(false);
    expect(existsSync(sockets[1] ?? '')).toBe(true);
    expect(await decrypt('a secret')).toMatchObject({ kind: 'text' });
  });

  it('is not believed in a folder that others can write to', async () => {
    await serve();
    chmodSync(join(first(), '..'), 0o777);
    expect(await decrypt('a secret')).toBeUndefined();
  });

  it('says so when there is no place for its socket', async () => {
    sockets = [join(root, 'x'.repeat(120), 'a.sock')];
    await expect(serve()).rejects.toMatchObject({
      ...{ code: 'UNLOCK_FAILED', data: { detail: 'ENAMETOOLONG' } },
    });
  });

  it('answers no call from before it was stopped, and waits for none', async () => {
    const agent = await serve();
    const file = Buffer.from(await sealFor(key.recipient, 'a secret')).toString('base64');
    const { socket, said } = await call('{"op":"decrypt",');
    agent.stop();
    socket.write(`"file":"${file}"}\n`);
    expect(await said).toBe('');
    await agent.ended;
  });

  it('sends everybody away when another caller stops it', async () => {
    const agent = await serve();
    const { said } = await call('{"op":');
    expect(await askAgent(sockets, { op: 'stop' })).toMatchObject({ kind: 'until' });
    expect(await said).toBe('');
    await agent.ended;
  });

  it('sends a caller away that never comes to an end', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      await serve();
      const { said } = await call('{"op":');
      vi.advanceTimersByTime(20_000);
      expect(await said).toBe('');
    } finally {
      vi.useRealTimers();
    }
  });

  it('is not believed below a folder that others can change', async () => {
    await serve();
    chmodSync(join(root, 'runtime'), 0o777);
    expect(await decrypt('a secret')).toBeUndefined();
    await serve();
    expect(existsSync(sockets[1] ?? '')).toBe(true);
  });

  it('survives whatever is written to its socket', async () => {
    await serve();
    const say = (bytes: Uint8Array) =>
      new Promise<void>((resolve) => {
        const socket = connect(first(), () => socket.end(bytes)).resume();
        socket.on('error', () => undefined).on('close', () => resolve());
      });
    const line = fc
      .oneof(fc.string(), fc.json(), fc.constant('{"op":"decrypt","file":"!"}'))
      .map((text) => Buffer.from(`${text}\n`));
    await fc.assert(fc.asyncProperty(fc.oneof(fc.uint8Array(), line), say), { numRuns: 100 });
    expect(await decrypt('a secret')).toMatchObject({ kind: 'text' });
  });

  it('is not waited for when it says nothing of use', async () => {
    mkdirSync(join(first(), '..'), { mode: 0o700 });
    const server = createServer((socket) => socket.end('nonsense\n'));
    await new Promise<void>((resolve) => server.listen(join(root, 'x.sock'), resolve));
    renameSync(join(root, 'x.sock'), first());
    expect(await decrypt('a secret')).toBeUndefined();
    server.close();
  });
});

describe('the agent’s lines', () => {
  it.each(['', 'null', '[]', '{}', '{"op":"decrypt"}', '{"op":7}', '{"op":"identity"}'])(
    'are no request: %j',
    (line) => expect(readRequest(line)).toBeUndefined(),
  );
  it.each(['', 'null', '{}', '{"kind":"text"}', '{"kind":"until","until":1}'])(
    'are no answer: %j',
    (line) => expect(readReply(line)).toBeUndefined(),
  );
});
