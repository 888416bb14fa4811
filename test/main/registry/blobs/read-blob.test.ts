import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { hashFor, readBlob } from '../../../../main/registry/blobs/read-blob.ts';
import type { Reply } from '../../../fakes/registry.ts';
import { ada, adaHeader, calm, certificate, openClient, openFake } from '../open-fake.ts';
import { digestOf, makeBlob, serveBlob } from './blob-server.ts';

const { bytes, digest } = makeBlob(300_000);
const size = bytes.length;

/** Reads a blob to its end, or says how far it came. */
async function readAll(
  place: Parameters<typeof readBlob>[0],
  descriptor: Parameters<typeof readBlob>[1] = { digest, size },
  options: Parameters<typeof readBlob>[2] = {},
): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of readBlob(place, descriptor, options)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** A reply whose connection breaks after so many bytes of its body. */
const cut = (reply: Reply, cutAfter: number): Reply => ({ ...reply, cutAfter });

describe('reading a blob', () => {
  it('gives its bytes, asked for without ranges and as they are stored', async () => {
    const fake = await openFake(serveBlob(bytes));
    const place = openClient(fake).at('team/app', calm);
    expect((await readAll(place)).equals(bytes)).toBe(true);
    expect(fake.seen).toHaveLength(1);
    expect(fake.seen[0]?.path).toBe(`/v2/team/app/blobs/${digest}`);
    expect(fake.seen[0]?.headers).toMatchObject({ 'accept-encoding': 'identity' });
    expect(fake.seen[0]?.headers.range).toBeUndefined();
  });

  it('works without a stated size and with any registered algorithm', async () => {
    const fake = await openFake(serveBlob(bytes));
    const place = openClient(fake).at('x', calm);
    for (const algorithm of ['sha384', 'sha512']) {
      const read = await readAll(place, { digest: digestOf(bytes, algorithm), size: null });
      expect(read.equals(bytes)).toBe(true);
    }
  });

  it('sends nothing before the first read, and nothing for what is there already', async () => {
    const fake = await openFake(serveBlob(bytes));
    const place = openClient(fake).at('x', calm);
    readBlob(place, { digest, size }).destroy();
    const hash = hashFor(digest).update(bytes);
    expect(await readAll(place, { digest, size }, { had: { length: size, hash } })).toHaveLength(0);
    expect(fake.seen).toEqual([]);
  });

  it('refuses what is no digest', async () => {
    const place = openClient(await openFake(() => undefined)).at('x', calm);
    expect(() => readBlob(place, { digest: 'sha256:../..', size: 1 })).toThrow(
      expect.objectContaining({ code: 'REFERENCE_INVALID' }),
    );
  });

  it('holds few bytes while nobody takes them', async () => {
    const fake = await openFake(() => ({ fault: 'endless' }));
    const stop = new AbortController();
    const stream = readBlob(openClient(fake).at('x', stop.signal), { digest, size: 1e12 });
    await new Promise((resolve) => stream.once('readable', resolve));
    for (let round = 0; round < 200; round += 1) await turn();
    expect(stream.readableLength).toBeLessThan(512 * 1024);
    stream.destroy();
  });

  it('says that a blob is gone', async () => {
    const fake = await openFake(() => ({
      status: 404,
      body: { errors: [{ code: 'BLOB_UNKNOWN' }] },
    }));
    await expect(readAll(openClient(fake).at('team/app', calm))).rejects.toMatchObject({
      code: 'BLOB_NOT_FOUND',
      data: { repository: 'team/app', digest },
    });
  });
});

describe('wrong bytes', () => {
  it.each([
    ['one other bit', (body: Buffer) => Buffer.from(body).fill((body[7777] ?? 0) ^ 1, 7777, 7778)],
    [
      'two pieces in the wrong order',
      (body: Buffer) =>
        Buffer.concat([body.subarray(1000, 2000), body.subarray(0, 1000), body.subarray(2000)]),
    ],
  ])('are refused: %s', async (_, spoil) => {
    const fake = await openFake(serveBlob(spoil(bytes)));
    await expect(readAll(openClient(fake).at('x', calm))).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
      data: { expected: digest },
    });
    expect(fake.seen).toHaveLength(1);
  });

  it('are refused before they arrive when another length is announced', async () => {
    for (const other of [bytes.subarray(1), Buffer.concat([bytes, bytes])]) {
      const fake = await openFake(serveBlob(other));
      await expect(readAll(openClient(fake).at('x', calm))).rejects.toMatchObject({
        code: 'BLOB_SIZE_WRONG',
        data: { digest, expected: size, actual: other.length },
      });
    }
  });

  it('end at once when more arrive than there are', async () => {
    const fake = await openFake(() => ({ fault: 'endless' }));
    const place = openClient(fake).at('x', calm);
    await expect(readAll(place)).rejects.toHaveProperty('code', 'BLOB_SIZE_WRONG');
    expect(fake.seen).toHaveLength(1);
  });

  it('are refused when a link leads to them', async () => {
    const storage = await openFake(serveBlob(makeBlob(1000).bytes), {
      certificate,
      host: 'localhost',
    });
    const fake = await openFake(() => ({
      status: 307,
      headers: { location: `${storage.origin}/x` },
    }));
    const place = openClient(fake).at('x', calm);
    await expect(readAll(place, { digest, size: 1000 })).rejects.toHaveProperty(
      'code',
      'DIGEST_MISMATCH',
    );
  });
});

describe('a broken connection', () => {
  it('is resumed where it broke', async () => {
    const fake = await openFake(serveBlob(bytes, (reply) => cut(reply, 70_000)));
    const client = openClient(fake);
    expect((await readAll(client.at('x', calm))).equals(bytes)).toBe(true);
    expect(fake.seen.map(({ headers }) => headers.range)).toEqual([
      undefined,
      ...[70_000, 140_000, 210_000, 280_000].map((at) => `bytes=${at}-`),
    ]);
    expect(client.pauses).toEqual([250, 250, 250, 250]);
  });

  it('is begun anew with a server that knows no ranges, without giving a byte twice', async () => {
    const fake = await openFake((request) => {
      const all = { ...request, headers: { ...request.headers, range: undefined } };
      const answer = serveBlob(bytes, (reply) => cut(reply, 100_000 * (request.repetition + 1)));
      return answer(all as typeof request);
    });
    expect((await readAll(openClient(fake).at('x', calm))).equals(bytes)).toBe(true);
  });

  it.each([
    ['of another range', { 'content-range': `bytes 5-${size - 1}/${size}` }],
    ['of an unnamed range', { 'content-range': '' }],
    [
      'of several ranges',
      { 'content-range': '', 'content-type': 'multipart/byteranges; boundary=x' },
    ],
  ])('asks without a range after a part %s', async (_, headers) => {
    const fake = await openFake(
      serveBlob(bytes, (reply, { repetition }) =>
        repetition === 0
          ? cut(reply, 70_000)
          : reply.status === 206
            ? { ...reply, headers }
            : reply,
      ),
    );
    expect((await readAll(openClient(fake).at('x', calm))).equals(bytes)).toBe(true);
    expect(fake.seen.map(({ headers: { range } }) => range)).toEqual([
      undefined,
      'bytes=70000-',
      undefined,
    ]);
  });

  it('takes up a part that ends too early', async () => {
    const fake = await openFake((request) => {
      const from = Number(/bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0);
      if (from === 0) return serveBlob(bytes, (reply) => cut(reply, 20_000))(request);
      const range = `bytes=${from}-${from + 49_999}`;
      return serveBlob(bytes)({ ...request, headers: { ...request.headers, range } });
    });
    expect((await readAll(openClient(fake).at('x', calm))).equals(bytes)).toBe(true);
  });

  it('goes on after a server that is busy or away for a while', async () => {
    const fake = await openFake(
      serveBlob(bytes, (reply, { repetition }) => {
        if (repetition === 0) return cut(reply, 70_000);
        if (repetition < 4) return { status: 503 };
        if (repetition < 8) return { fault: 'reset' };
        if (repetition < 9) return { status: 429, headers: { 'retry-after': '7' } };
        return reply;
      }),
    );
    const client = openClient(fake);
    expect((await readAll(client.at('x', calm))).equals(bytes)).toBe(true);
    expect(client.pauses).toContain(7_000);
  });

  it('gives up when nothing more comes', async () => {
    const fake = await openFake(
      serveBlob(bytes, (reply, { repetition }) => cut(reply, repetition === 0 ? 70_000 : 10)),
    );
    const client = openClient(fake);
    await expect(readAll(client.at('x', calm))).rejects.toHaveProperty('code', 'CONNECTION_FAILED');
    expect(client.pauses).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000]);
  });

  it('gives up on a blob that always ends too early', async () => {
    const fake = await openFake(
      serveBlob(bytes, (reply) => ({
        ...reply,
        headers: { 'transfer-encoding': 'chunked' },
        status: 200,
        body: bytes.subarray(0, 70_000),
      })),
    );
    await expect(readAll(openClient(fake).at('x', calm))).rejects.toMatchObject({
      code: 'BLOB_SIZE_WRONG',
      data: { expected: size, actual: 70_000 },
    });
  });

  it('is not resumed once the right to read is gone, or the blob', async () => {
    for (const [status, code] of [
      [403, 'ACCESS_DENIED'],
      [404, 'BLOB_NOT_FOUND'],
    ] as const) {
      const fake = await openFake(
        serveBlob(bytes, (reply, { repetition }) =>
          repetition === 0 ? cut(reply, 70_000) : { status },
        ),
      );
      await expect(readAll(openClient(fake).at('x', calm))).rejects.toHaveProperty('code', code);
      expect(fake.seen).toHaveLength(2);
    }
  });

  it('ends the reading when another length is announced then', async () => {
    const fake = await openFake(
      serveBlob(bytes, (reply, { repetition }) =>
        repetition === 0
          ? cut(reply, 70_000)
          : { ...reply, headers: { 'content-range': `bytes 70000-${size - 1}/${size + 5}` } },
      ),
    );
    await expect(
      readAll(openClient(fake).at('x', calm), { digest, size: null }),
    ).rejects.toHaveProperty('code', 'BLOB_SIZE_WRONG');
  });
});

describe('a reading that goes on from an earlier run', () => {
  const had = () => ({ length: 1000, hash: hashFor(digest).update(bytes.subarray(0, 1000)) });

  it('asks for the rest alone and verifies the whole', async () => {
    const fake = await openFake(serveBlob(bytes));
    const rest = await readAll(openClient(fake).at('x', calm), { digest, size }, { had: had() });
    expect(rest.equals(bytes.subarray(1000))).toBe(true);
    expect(fake.seen[0]?.headers.range).toBe('bytes=1000-');
  });

  it('finds out when what was there is spoilt', async () => {
    const fake = await openFake(serveBlob(bytes));
    const spoilt = { length: 1000, hash: hashFor(digest).update(Buffer.alloc(1000)) };
    await expect(
      readAll(openClient(fake).at('x', calm), { digest, size }, { had: spoilt }),
    ).rejects.toHaveProperty('code', 'DIGEST_MISMATCH');
  });

  it('knows that there can’t be more of it than the whole', async () => {
    const fake = await openFake(serveBlob(bytes));
    await expect(
      readAll(openClient(fake).at('x', calm), { digest, size: 10 }, { had: had() }),
    ).rejects.toHaveProperty('code', 'BLOB_SIZE_WRONG');
    for (const length of [size, size + 1]) {
      const hash = hashFor(digest)
        .update(bytes)
        .update(Buffer.alloc(length - size));
      const reading = readAll(
        openClient(fake).at('x', calm),
        { digest, size: null },
        { had: { length, hash } },
      );
      if (length === size) expect(await reading).toHaveLength(0);
      else await expect(reading).rejects.toHaveProperty('code', 'DIGEST_MISMATCH');
    }
  });
});

describe('slow servers', () => {
  it('are left when they only drip, and when the next ones do, too', async () => {
    const fake = await openFake(serveBlob(bytes, (reply) => ({ ...reply, drip: 1 })));
    // Time passes only while the reader waits for the server.
    const client = openClient(fake);
    const place = client.at('x', calm);
    let time = 0;
    const clock = { now: () => (time += 5_000) };
    const reading = readAll({ ...place, session: { ...place.session, clock } });
    await expect(reading).rejects.toHaveProperty('code', 'CONNECTION_TIMEOUT');
    expect(client.pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000]);
  });
});

describe('the login', () => {
  it('stays with the registry when a link leads to storage, also when that breaks', async () => {
    let links = 0;
    const storage = await openFake(
      serveBlob(bytes, (reply) => cut(reply, 100_000)),
      {
        certificate,
        host: 'localhost',
      },
    );
    const fake = await openFake(({ headers }) => {
      if (headers.authorization !== adaHeader) {
        return { status: 401, headers: { 'www-authenticate': 'Basic' } };
      }
      links += 1;
      return { status: 307, headers: { location: `${storage.origin}/blob?signature=${links}` } };
    });
    const client = openClient(fake, { credentials: async () => ada });
    expect((await readAll(client.at('x', calm))).equals(bytes)).toBe(true);
    // Links expire: each part is asked for at the registry, which gives a new one.
    expect(storage.seen.map(({ query }) => query.get('signature'))).toEqual(['1', '2', '3']);
    expect(storage.seen.map(({ headers }) => headers.range)).toEqual([
      undefined,
      'bytes=100000-',
      'bytes=200000-',
    ]);
    for (const secret of ['authorization', 'cookie', ada.password, adaHeader.slice(6)]) {
      expect(storage.received()).not.toContain(secret);
    }
  });

  it('is not given to a storage server that asks for it', async () => {
    const storage = await openFake(
      () => ({ status: 401, headers: { 'www-authenticate': 'Basic realm="give"' } }),
      { certificate, host: 'localhost' },
    );
    const fake = await openFake(({ headers }) =>
      headers.authorization === adaHeader
        ? { status: 307, headers: { location: `${storage.origin}/blob` } }
        : { status: 401, headers: { 'www-authenticate': 'Basic' } },
    );
    const client = openClient(fake, { credentials: async () => ada });
    await expect(readAll(client.at('x', calm))).rejects.toThrow();
    expect(storage.seen).toHaveLength(1);
    expect(storage.received()).not.toContain('authorization');
  });
});

describe('cancelling', () => {
  it('by the signal ends the stream and the connection', async () => {
    const fake = await openFake(serveBlob(bytes, (reply) => ({ ...reply, fault: 'stall' })));
    const stop = new AbortController();
    const stream = readBlob(openClient(fake).at('x', stop.signal), { digest, size });
    const reading = stream.forEach(() => {
      stop.abort();
    });
    await expect(reading).rejects.toHaveProperty('code', 'CANCELLED');
  });

  it('before the start sends nothing', async () => {
    const fake = await openFake(serveBlob(bytes));
    const place = openClient(fake).at('x', AbortSignal.abort());
    await expect(readAll(place)).rejects.toHaveProperty('code', 'CANCELLED');
    expect(fake.seen).toEqual([]);
  });
});
