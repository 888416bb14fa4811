import { describe, expect, it } from 'vitest';
import { readRange } from '../../../../main/registry/blobs/read-range.ts';
import { calm, openClient, openFake } from '../open-fake.ts';
import { makeBlob, serveBlob } from './blob-server.ts';

const { bytes, digest } = makeBlob(200_000);

describe('reading a range of a blob', () => {
  it('asks for exactly that', async () => {
    const fake = await openFake(serveBlob(bytes));
    const place = openClient(fake).at('x', calm);
    for (const [start, end] of [
      [0, 10],
      [5, 6],
      [100_000, 200_000],
    ] as const) {
      expect(await readRange(place, digest, start, end)).toEqual(bytes.subarray(start, end));
      expect(fake.seen.at(-1)?.headers.range).toBe(`bytes=${start}-${end - 1}`);
    }
  });

  it('asks nothing for nothing, and refuses what is no digest', async () => {
    const fake = await openFake(serveBlob(bytes));
    const place = openClient(fake).at('x', calm);
    expect(await readRange(place, digest, 7, 7)).toHaveLength(0);
    await expect(readRange(place, 'latest', 0, 1)).rejects.toHaveProperty(
      'code',
      'REFERENCE_INVALID',
    );
    expect(fake.seen).toEqual([]);
  });

  it('ends where the blob ends', async () => {
    const fake = await openFake(serveBlob(bytes));
    const place = openClient(fake).at('x', calm);
    expect(await readRange(place, digest, 199_990, 300_000)).toEqual(bytes.subarray(199_990));
    expect(await readRange(place, digest, 200_000, 300_000)).toHaveLength(0);
    expect(fake.seen).toHaveLength(2);
  });

  it('goes on where the connection broke', async () => {
    const fake = await openFake(serveBlob(bytes, (reply) => ({ ...reply, cutAfter: 40_000 })));
    const place = openClient(fake).at('x', calm);
    expect(await readRange(place, digest, 50_000, 150_000)).toEqual(
      bytes.subarray(50_000, 150_000),
    );
    expect(fake.seen.map(({ headers }) => headers.range)).toEqual([
      'bytes=50000-149999',
      'bytes=90000-149999',
      'bytes=130000-149999',
    ]);
  });

  it('takes its part of the whole where ranges are unknown, and no more than that', async () => {
    const fake = await openFake(() => ({ body: bytes }));
    const place = openClient(fake).at('x', calm);
    expect(await readRange(place, digest, 1000, 2000)).toEqual(bytes.subarray(1000, 2000));
    const endless = await openFake(() => ({ fault: 'endless' }));
    const read = await readRange(openClient(endless).at('x', calm), digest, 1000, 2000);
    expect(read).toEqual(Buffer.alloc(1000, 0x20));
  });

  it('does not take more than a part that is too long', async () => {
    const fake = await openFake(() => ({
      status: 206,
      headers: { 'content-range': 'bytes 10-19/100' },
      body: 'x'.repeat(90),
    }));
    const read = await readRange(openClient(fake).at('x', calm), digest, 10, 20);
    expect(read.toString()).toBe('x'.repeat(10));
  });
});
