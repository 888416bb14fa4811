import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { UnreadableLayer } from '../../../../main/registry/files/unpack/layer-error.ts';
import { unpackLayer } from '../../../../main/registry/files/unpack/unpack-layer.ts';

async function unpack(packed: Buffer, piece = 1000): Promise<Buffer> {
  const state = { isAtEnd: false };
  async function* pieces() {
    for (let at = 0; at < packed.length; at += piece) yield packed.subarray(at, at + piece);
    state.isAtEnd = true;
  }
  const all: Buffer[] = [];
  for await (const one of unpackLayer(pieces())) all.push(Buffer.from(one));
  // Only then the digest of what was read has been compared.
  expect(state.isAtEnd).toBe(true);
  return Buffer.concat(all);
}

const text = Buffer.from('All work and no play makes Jack a dull boy. '.repeat(20_000));
const mixed = Buffer.concat([text, randomBytes(300_000), Buffer.alloc(500_000), text]);
const zstd = (input: Buffer, ...options: string[]) =>
  execFileSync('zstd', ['-q', '-c', ...options], { input, maxBuffer: 1 << 28 });
const skippable = Buffer.from('5a2a4d1803000000616263', 'hex');

describe('unpacking a layer', () => {
  it.each([
    ['plain', mixed],
    ['gzip', gzipSync(mixed)],
    ['gzip in many parts', Buffer.concat([gzipSync(text), gzipSync(mixed), gzipSync('')])],
    ['gzip with zeros behind it', Buffer.concat([gzipSync(mixed), Buffer.alloc(70_000)])],
    ['zstd', zstd(mixed)],
    ['zstd, tight', zstd(mixed, '-19', '--long=24')],
    ['zstd with checksums', zstd(mixed, '--check')],
    ['zstd without', zstd(mixed, '--no-check')],
    [
      'zstd in many frames, some to be skipped',
      Buffer.concat([
        skippable,
        zstd(text),
        skippable,
        zstd(mixed),
        zstd(Buffer.alloc(0)),
        skippable,
      ]),
    ],
  ] as const)('%s', async (name, packed) => {
    const expected = /parts|frames/.test(name) ? Buffer.concat([text, mixed]) : mixed;
    for (const piece of [packed.length, 1000]) {
      expect((await unpack(packed, piece)).equals(expected)).toBe(true);
    }
  });

  it('takes nothing for nothing', async () => {
    expect(await unpack(Buffer.alloc(0))).toHaveLength(0);
    expect(await unpack(zstd(Buffer.alloc(0), '--no-check'))).toHaveLength(0);
    expect(await unpack(Buffer.from('ab'), 1)).toEqual(Buffer.from('ab'));
  });

  it('refuses what is cut off, damaged, or packed otherwise', async () => {
    const [gz, zs] = [gzipSync(mixed), zstd(mixed)];
    const damaged = Buffer.from(gz);
    damaged.fill(0xff, 2000, 2100);
    for (const [packed, reason] of [
      [gz.subarray(0, 5000), 'damaged'],
      [zs.subarray(0, zs.length - 8), 'damaged'],
      [damaged, 'damaged'],
      [Buffer.from('425a6839314159', 'hex'), 'compression'],
      [Buffer.from('fd377a585a00', 'hex'), 'compression'],
    ] as const) {
      const failing = unpack(packed);
      await expect(failing).rejects.toBeInstanceOf(UnreadableLayer);
      await expect(failing).rejects.toHaveProperty('reason', reason);
    }
  });

  it('ends its thread, if it has one, when nobody reads on or the source breaks', async () => {
    const packed = zstd(randomBytes(5_000_000));
    const threads = () => process.getActiveResourcesInfo().filter((one) => one === 'MessagePort');
    const before = threads().length;
    async function* pieces(isBroken: boolean) {
      for (let at = 0; at < packed.length; at += 100_000) {
        yield packed.subarray(at, at + 100_000);
        if (isBroken && at > 2_000_000) throw new TypeError('the line is dead');
      }
    }
    for await (const piece of unpackLayer(pieces(false))) {
      expect(piece.length).toBeGreaterThan(0);
      break;
    }
    const failing = (async () => {
      for await (const _ of unpackLayer(pieces(true)));
    })();
    await expect(failing).rejects.toThrow('the line is dead');
    expect(threads()).toHaveLength(before);
  });

  it('refuses a window that takes too much memory before it takes any', async () => {
    // Magic, no flags, and a window of 2 GiB.
    const huge = Buffer.from('28b52ffd00a8010000', 'hex');
    await expect(unpack(huge)).rejects.toHaveProperty('reason', 'window');
    await expect(unpack(zstd(mixed, '--long=27'))).resolves.toBeDefined();
  });

  it('passes on what the registry’s own stream fails with', async () => {
    async function* broken() {
      yield gzipSync(mixed).subarray(0, 4000);
      throw new TypeError('the line is dead');
    }
    const reading = (async () => {
      for await (const _ of unpackLayer(broken()));
    })();
    await expect(reading).rejects.toThrow('the line is dead');
  });

  it('never fails with anything but its own error, whatever comes', async () => {
    const packed = [gzipSync(text.subarray(0, 3000)), zstd(text.subarray(0, 3000))];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...packed),
        fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        async (original, changes) => {
          const bytes = Buffer.from(original);
          for (const [at, value] of changes) bytes[at % bytes.length] = value;
          await unpack(bytes).catch((error) => expect(error).toBeInstanceOf(UnreadableLayer));
        },
      ),
      { numRuns: 200 },
    );
  });
});
