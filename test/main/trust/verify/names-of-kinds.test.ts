import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hostOfUri } from '../../../../main/trust/verify/host-of-uri.ts';
import { isDomain, parseMailbox } from '../../../../main/trust/verify/mailbox.ts';
import { isDomainIn, wildcardMeets } from '../../../../main/trust/verify/name-ranges.ts';

describe('an e-mail address', () => {
  it.each([
    ['a@b.test', 'a', 'b.test'],
    ['A.b+c@B.test', 'A.b+c', 'b.test'],
    ['"a b"@c', 'a b', 'c'],
    ['"a\\"b"@c', 'a"b', 'c'],
    ['a\\@b@c', 'a@b', 'c'],
    ['a@', 'a', ''],
  ])('%s has its two parts', (text, local, domain) => {
    expect(parseMailbox(text)).toEqual({ local, domain });
  });

  it.each(['', 'a', '@b', '.a@b', 'a.@b', 'a..b@c', 'a b@c', 'a@b..c', 'a@b.', '"a@b', 'a@b c'])(
    'is not %j',
    (text) => {
      expect(parseMailbox(text)).toBeUndefined();
    },
  );
});

describe('the host of a URI', () => {
  it.each([
    ['https://Lab.test:8443/x', 'lab.test'],
    ['spiffe://lab.test', 'lab.test'],
    ['ftp://user:word@lab.test/a@b', 'lab.test'],
  ])('%s is %s', (uri, host) => {
    expect(hostOfUri(uri)).toBe(host);
  });

  it.each(['urn:x:y', 'https:///x', 'mailto:a@b', 'https://[::1]:5/', 'https://10.0.0.1/'])(
    'of %s cannot be compared',
    (uri) => {
      expect(hostOfUri(uri)).toHaveProperty('fault');
    },
  );
});

describe('a domain', () => {
  it('covers itself, what is below it, and nothing that merely ends alike', () => {
    expect(['a.test', 'x.A.test', 'y.x.a.test'].map((name) => isDomainIn(name)('a.TEST'))).toEqual([
      true,
      true,
      true,
    ]);
    expect(['xa.test', 'test', 'a.test.x'].some((name) => isDomainIn(name)('a.test'))).toBe(false);
    expect(isDomainIn('a.test')('.a.test')).toBe(false);
    expect(isDomainIn('x.a.test')('.a.test')).toBe(true);
    expect(isDomainIn('anything')('')).toBe(true);
  });

  it('may be meant by a wildcard', () => {
    expect(wildcardMeets('*.test')('a.TEST')).toBe(true);
    expect(wildcardMeets('*.test')('b.a.test')).toBe(false);
    expect(wildcardMeets('a.test')('b.test')).toBe(false);
    expect(wildcardMeets('*')('test')).toBe(false);
  });
});

describe('names of any kind', () => {
  it('are read in a moment, whatever they are', () => {
    const piece = fc.constantFrom('a', '.', '@', '"', '\\', ':', '/', '//', '[', ']', '*', ' ');
    const hostile = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 60 }).map((p) => p.join('')),
    );
    fc.assert(
      fc.property(hostile, hostile, (one, other) => {
        const mailbox = parseMailbox(one);
        if (mailbox) expect(isDomain(mailbox.domain)).toBe(true);
        const host = hostOfUri(one);
        expect(typeof host === 'string' ? host : host.fault).toEqual(expect.any(String));
        expect(isDomainIn(one)(other)).toEqual(expect.any(Boolean));
        expect(wildcardMeets(one)(other)).toEqual(expect.any(Boolean));
      }),
    );
    const long = ['\\a', '""', 'a.', '@', '//'].map((part) => part.repeat(100_000));
    for (const text of long) {
      expect(parseMailbox(text)).toBeUndefined();
      expect(hostOfUri(`https://${text}`)).toBeDefined();
    }
  });
});
