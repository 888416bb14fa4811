import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDigest, shortDigest } from '../../../shared/model/digest.ts';
import { compareNaturally, sortNaturally } from '../../../shared/model/natural-sort.ts';
import { formatPlatform, readPlatform } from '../../../shared/model/platform.ts';

describe('digests', () => {
  it('are of a known algorithm, in its length, in lower case', () => {
    expect(isDigest(`sha256:${'0a'.repeat(32)}`)).toBe(true);
    expect(isDigest(`sha384:${'0a'.repeat(48)}`)).toBe(true);
    expect(isDigest(`sha512:${'0a'.repeat(64)}`)).toBe(true);
    expect(isDigest(`sha512:${'0a'.repeat(32)}`)).toBe(false);
    expect(isDigest(`sha256:${'0A'.repeat(32)}`)).toBe(false);
    expect(isDigest(`md5:${'0a'.repeat(32)}`)).toBe(false);
    expect(isDigest(`constructor:${'0a'.repeat(32)}`)).toBe(false);
  });

  it('are shown by their first twelve digits', () => {
    expect(shortDigest(`sha256:0123456789abcdef${'0'.repeat(48)}`)).toBe('0123456789ab');
    expect(shortDigest('latest')).toBe('latest');
  });
});

describe('natural order', () => {
  it('counts numbers by their value', () => {
    const tags = ['1.10', 'latest', '1.9', 'v2', 'v10', '1.9.1', '2026-01'];
    expect(sortNaturally(tags)).toEqual(['1.9', '1.9.1', '1.10', '2026-01', 'latest', 'v2', 'v10']);
  });

  it('is one order for all', () => {
    const names = fc.string({
      unit: fc.constantFrom('a', 'A', '0', '1', '.', '-', '_'),
      maxLength: 5,
    });
    fc.assert(
      fc.property(names, names, (one, other) => {
        const sign = Math.sign(compareNaturally(one, other));
        expect(sign + Math.sign(compareNaturally(other, one))).toBe(0);
        expect(sign === 0).toBe(one === other);
      }),
    );
  });
});

describe('platforms', () => {
  it.each([
    [{ os: 'linux', architecture: 'amd64' }, 'linux/amd64'],
    [{ os: 'linux', architecture: 'arm', variant: 'v7' }, 'linux/arm/v7'],
    [{ os: 'linux', architecture: 'arm64', variant: 'v8' }, 'linux/arm64'],
    [{ os: 'windows', architecture: 'amd64', 'os.version': '10.0.1' }, 'windows/amd64'],
    [{ os: 'wasi', architecture: 'wasm', variant: '' }, 'wasi/wasm'],
  ])('%j is %s', (stated, text) => {
    const platform = readPlatform(stated);
    expect(platform && formatPlatform(platform)).toBe(text);
  });

  it.each([
    ...[null, undefined, 'linux/amd64', {}, { os: 'linux' }, { os: '', architecture: 'amd64' }],
    ...[
      { os: 'unknown', architecture: 'unknown' },
      { os: '\u001b[2J', architecture: 'amd64' },
    ],
  ])('%j is none', (stated) => {
    expect(readPlatform(stated)).toBeUndefined();
  });
});
