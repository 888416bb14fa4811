import { type AddressInfo, createServer, type Socket } from 'node:net';
import { Agent } from 'undici';
import { afterEach, expect, it, onTestFinished, vi } from 'vitest';
import { patience } from '../../../../main/registry/limits.ts';
import { createExchange, type HttpRequest } from '../../../../main/registry/transport/exchange.ts';
import { calm } from '../open-fake.ts';

/** A server that says this to any request, and an exchange with it. */
async function openSpeaker(words: readonly string[]) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    socket.once('data', () => socket.write(words.join('')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const pool = new Agent();
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await pool.destroy();
  });
  const exchange = createExchange({
    pool: async () => pool,
    nameOf: ({ host }) => host,
    routeTo: ({ pathname }) => ({ path: pathname, proxy: null }),
  });
  const url = new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v2/`);
  return (how: Partial<HttpRequest>) =>
    exchange({ method: 'GET', url, headers: {}, limit: 1000, signal: calm, ...how });
}

/** Lets so many milliseconds pass between two looks at the clock. */
function hurry(milliseconds: number): void {
  let now = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    now += milliseconds;
    return now;
  });
}

afterEach(() => {
  vi.restoreAllMocks();
});

const note = 'HTTP/1.1 103 Early Hints\r\nlink: </a>; rel=preload\r\n\r\n';
const ways: readonly Partial<HttpRequest>[] = [{}, { streams: true }];

it.each(ways)('waits no longer for an answer because notes come before it: %o', async (way) => {
  const ask = await openSpeaker([note, note, note]);
  hurry(patience.headers + 1);
  await expect(ask(way)).rejects.toHaveProperty('code', 'UND_ERR_HEADERS_TIMEOUT');
});

it.each(ways)('takes an answer after notes: %o', async (way) => {
  const ask = await openSpeaker([note, note, 'HTTP/1.1 204 No Content\r\n\r\n']);
  hurry(patience.headers - 1);
  expect(await ask(way)).toHaveProperty('status', 204);
});

it('takes notes for as long as the request is being sent', async () => {
  const ask = await openSpeaker([
    note,
    note,
    note,
    'HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n',
  ]);
  hurry(patience.headers + 1);
  const endless = async function* () {
    yield Buffer.from('x');
    await new Promise(() => undefined);
  };
  const content = { type: 'text/plain', length: 2, open: endless };
  expect(await ask({ method: 'PATCH', content })).toHaveProperty('status', 201);
});

it.each([
  [{}, 200],
  [{}, 404],
  [{ streams: true } as const, 307],
  [{ streams: true } as const, 404],
])('takes no body that drips for ever: %o, %i', async (way, status) => {
  const ask = await openSpeaker([`HTTP/1.1 ${status} X\r\ncontent-length: 9\r\n\r\n`, 'x']);
  hurry(patience.wholeBody + 1);
  await expect(ask(way)).rejects.toHaveProperty('code', 'UND_ERR_BODY_TIMEOUT');
});
