import { describe, expect, it, onTestFinished } from 'vitest';
import { readBlob } from '../../../../main/registry/blobs/read-blob.ts';
import { RegentError } from '../../../../shared/errors/index.ts';
import { type Fault, seededFaults, startFaultProxy } from '../../../lab/fault-proxy.ts';
import { makeBlob, serveBlob } from '../blobs/blob-server.ts';
import { calm, certificate, openClient, openFake } from '../open-fake.ts';

const blob = makeBlob(400_000);
const seeds = Array.from({ length: 25 }, (_, index) => index + 1);
const all: readonly Fault['kind'][] = ['cut', 'delay', 'corrupt', 'duplicate'];

async function readThrough(seed: number, kinds: readonly Fault['kind'][], isTls: boolean) {
  const fake = await openFake(serveBlob(blob.bytes), isTls ? { certificate } : {});
  const upstream = { host: '127.0.0.1', port: Number(fake.address.split(':')[1]) };
  const proxy = await startFaultProxy(upstream, seededFaults(seed, kinds, 300_000));
  onTestFinished(() => proxy.stop());
  const address = `127.0.0.1:${proxy.port}`;
  const client = openClient({ address, origin: `${isTls ? 'https' : 'http'}://${address}` });
  const pieces: Buffer[] = [];
  try {
    const descriptor = { digest: blob.digest, size: blob.bytes.length };
    for await (const piece of readBlob(client.at('x', calm), descriptor)) pieces.push(piece);
    return { bytes: Buffer.concat(pieces), faults: proxy.faults() };
  } catch (error) {
    return { error, faults: proxy.faults() };
  }
}

// A seed that fails can be run alone: its number is in the name.
describe('a blob over a network that spoils answers', () => {
  it.each(seeds)('is right or refused, never wrong: seed %i', async (seed) => {
    const { bytes, error } = await readThrough(seed, all, false);
    if (bytes) expect(bytes.equals(blob.bytes)).toBe(true);
    else expect(error).toBeInstanceOf(RegentError);
  });

  it.each(seeds)('arrives when connections only break or lag: seed %i', async (seed) => {
    const { bytes, error } = await readThrough(seed, ['cut', 'delay'], false);
    // One that breaks before the first answer has been tried thrice.
    if (error) expect(error).toHaveProperty('code', 'CONNECTION_FAILED');
    else expect(bytes?.equals(blob.bytes)).toBe(true);
  });

  it.each(seeds.slice(0, 12))(
    'arrives over TLS, which notices every other byte: seed %i',
    async (seed) => {
      const { bytes, error } = await readThrough(seed, all, true);
      if (bytes) expect(bytes.equals(blob.bytes)).toBe(true);
      else expect(error).toBeInstanceOf(RegentError);
      if (error) expect(error).not.toHaveProperty('code', 'DIGEST_MISMATCH');
    },
  );

  it('was spoilt indeed', async () => {
    const runs = await Promise.all(seeds.slice(0, 8).map((seed) => readThrough(seed, all, false)));
    expect(runs.reduce((sum, { faults }) => sum + faults, 0)).toBeGreaterThan(5);
    expect(runs.some(({ bytes }) => bytes !== undefined)).toBe(true);
    expect(runs.some(({ error }) => error !== undefined)).toBe(true);
  });
});
