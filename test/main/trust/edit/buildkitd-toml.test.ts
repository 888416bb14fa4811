import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { buildkitdToml } from '../../../../main/trust/edit/buildkitd-toml.ts';
import type { BuildkitWish } from '../../../../main/trust/edit/buildkitd-wish.ts';
import { anyTomlText } from './any-toml.ts';
import { refusal } from './refusal.ts';

const ca: BuildkitWish = { address: 'h:1', caPath: '/r/ca.crt' };
const pair: BuildkitWish = { ...ca, client: { key: '/r/c.key', cert: '/r/c.cert' } };
const http: BuildkitWish = { address: 'h:1', insecure: 'http' };
const skip: BuildkitWish = { address: 'h:1', insecure: 'skip-verify' };

describe('a registry in buildkitd.toml', () => {
  it.each<[string, string | null, BuildkitWish, string]>([
    [
      'no file',
      null,
      pair,
      `[registry."h:1"] # Regent
ca = ["/r/ca.crt"] # Regent
[[registry."h:1".keypair]] # Regent
key = "/r/c.key" # Regent
cert = "/r/c.cert" # Regent
`,
    ],
    ['an empty file', '', http, '\n[registry."h:1"] # Regent\nhttp = true # Regent'],
    [
      'a file with others',
      'debug = true\r\n[registry."g"]\r\n  http = true\r\n',
      skip,
      'debug = true\r\n[registry."g"]\r\n  http = true\r\n[registry."h:1"] # Regent\r\ninsecure = true # Regent\r\n',
    ],
    [
      'a table that is there',
      '[registry."h:1"]\n  mirrors = ["m"]\n[grpc]',
      pair,
      '[registry."h:1"]\n  ca = ["/r/ca.crt"] # Regent\n  mirrors = ["m"]\n[grpc]\n' +
        '[[registry."h:1".keypair]] # Regent\nkey = "/r/c.key" # Regent\ncert = "/r/c.cert" # Regent',
    ],
    [
      'a list on one line',
      "[ registry . 'h:1' ]\nca = ['/o.crt',] # mine\n",
      ca,
      "[ registry . 'h:1' ]\nca = [\"/r/ca.crt\", '/o.crt',] # mine\n",
    ],
    [
      'a list on many lines, with comments',
      '[registry."h:1"]\nca = [ # ours\n  "/a", # first\n  "/b"\n]\n',
      ca,
      '[registry."h:1"]\nca = [ # ours\n  "/r/ca.crt",\n  "/a", # first\n  "/b"\n]\n',
    ],
    ['an empty list', '[registry."h:1"]\nca = [ ]', ca, '[registry."h:1"]\nca = ["/r/ca.crt" ]'],
    [
      'a file with only a table inside the registry’s',
      '[[registry."h:1".keypair]]\nkey="/k"\ncert="/c"\n',
      ca,
      '[[registry."h:1".keypair]]\nkey="/k"\ncert="/c"\n' +
        '[registry."h:1"] # Regent\nca = ["/r/ca.crt"] # Regent\n',
    ],
  ])('is put into %s, and taken out byte for byte', (_, before, wish, after) => {
    expect(buildkitdToml.apply(before, wish)).toBe(after);
    expect(buildkitdToml.has(after, wish)).toBe(true);
    expect(buildkitdToml.revert(after, wish)).toBe(before);
  });

  it('leaves what others added since', () => {
    const grown = `${buildkitdToml.apply('', ca)}\nmirrors = ["m"]\n`;
    expect(buildkitdToml.revert(grown, ca)).toBe('\n[registry."h:1"] # Regent\nmirrors = ["m"]\n');
  });

  it('keeps the CAs that others added to the list that Regent made', () => {
    const grown = buildkitdToml.apply(null, ca).replace('crt"]', 'crt", "/mine"]');
    expect(buildkitdToml.revert(grown, ca)).toBe(
      '[registry."h:1"] # Regent\nca = ["/mine"] # Regent\n',
    );
  });
});

describe('a buildkitd.toml that says otherwise, or that can’t be edited', () => {
  it.each<[string, string, string, BuildkitWish]>([
    ['conflict', 'http = true', '[registry."h:1"]\nhttp = true', ca],
    ['conflict', 'http = true', '[registry."h:1"]\nhttp = true', skip],
    ['conflict', 'http = false', '[registry."h:1"]\nhttp = false', http],
    ['conflict', 'insecure = true', '[registry."h:1"]\ninsecure = true', http],
    ['listInvalid', 'ca', '[registry."h:1"]\nca = "/a"', ca],
    ['handEdit', 'ca = ["/r/ca.crt"]', 'registry = { "h:1" = { http = false } }', ca],
    ['handEdit', '[registry."h:1"]', '[registry]\n"h:1".http = false', ca],
    ['handEdit', 'keypair', '[registry."h:1"]\nkeypair = [{key="/k",cert="/c"}]', pair],
    ['handEdit', 'ca = ', 'registry = 1', ca],
    ['unparsable', '1:', 'a = ', ca],
    ['unparsable', '2:', 'a = 1\na = 2', ca],
    ['byteOrderMark', '', '\ufeffa = 1', ca],
    ['wishInvalid', '', '', { address: 'h:1', caPath: '/a\n[x]' }],
    ['wishInvalid', '', '', { address: 'h"]:1', caPath: '/a' }],
  ])('is refused: %s %s', (reason, detail, text, wish) => {
    const refused = refusal(() => buildkitdToml.apply(text, wish));
    expect(refused.reason).toBe(reason);
    expect(refused.detail).toContain(detail);
  });
});

const wishes = fc.constantFrom(ca, pair, http, skip, { ...pair, caPath: undefined });
const ownTable = fc.constantFrom(
  '',
  '\n[registry."h:1"]\n',
  '\n\t[registry."h:1"] # here\n\tmirrors = [ "x" ]\n\t# more\n',
  '\n[registry."h:1"]\nca = [\n "/x", # why\n]',
  '\n[registry."h:1"]\nca = [ # why\n ]\nmirrors = []\n[other]\nca = 1',
  '\n[[registry."h:1".keypair]]\nkey = "/k"\ncert = "/c"\n[registry."h:1"]\nca=["/a","/b"]',
);

describe('for any buildkitd.toml', () => {
  it('putting in changes nothing else, once is enough, and taking out gives the very bytes', () => {
    fc.assert(
      fc.property(anyTomlText, ownTable, wishes, (head, table, wish) => {
        const before = head + (head.includes('\r\n') ? table.replaceAll('\n', '\r\n') : table);
        const after = buildkitdToml.apply(before, wish);
        expect(buildkitdToml.has(before, wish)).toBe(false);
        expect(buildkitdToml.has(after, wish)).toBe(true);
        expect(buildkitdToml.apply(after, wish)).toBe(after);
        expect(buildkitdToml.revert(after, wish)).toBe(before);
        expect(buildkitdToml.revert(before, wish)).toBe(before);
        const { registry: was, ...rest } = parse(before, { integersAsBigInt: true });
        const { registry: is, ...restNow } = parse(after, { integersAsBigInt: true });
        expect(restNow).toEqual(rest);
        expect(is).toMatchObject(was === undefined ? {} : { 'h:1': {} });
      }),
      { numRuns: 500 },
    );
  });

  it('nothing crashes or hangs, also where it is garbage', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom(
          '[',
          ']',
          '"',
          "'",
          '"""',
          '=',
          '\n',
          '\r\n',
          '#',
          '{',
          '}',
          ',',
          '.',
          '\\',
        ),
        fc.constantFrom('[registry."h:1"]\n', 'ca = ["/r/ca.crt"] # Regent\n', 'ca', 'registry'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, wishes, (parts, wish) => {
        const text = parts.join('');
        for (const attempt of [
          () => buildkitdToml.apply(text, wish),
          () => buildkitdToml.revert(text, wish),
        ]) {
          try {
            attempt();
          } catch (thrown) {
            expect(thrown).toMatchObject({ name: 'EditRefused' });
          }
        }
        buildkitdToml.has(text, wish);
      }),
      { numRuns: 1000 },
    );
    const deep = `a = ${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    expect(refusal(() => buildkitdToml.apply(deep, ca)).reason).toBe('unparsable');
  });
});
