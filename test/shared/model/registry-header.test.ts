import { validateHeaderName, validateHeaderValue } from 'node:http';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isHeaderName,
  isHeaderValue,
  isTakenHeader,
} from '../../../shared/model/registry-header.ts';

/** Text of which some is odd: control characters, line ends, letters beyond ASCII. */
const text = fc.string({
  unit: fc.oneof(
    fc.string({ minLength: 1, maxLength: 1 }),
    fc.constantFrom('\r', '\n', '\0', '\t', ' ', ':', 'é', '한', '\x7f', '\u0085'),
  ),
});
const isFine = (check: () => void): boolean => {
  try {
    check();
    return true;
  } catch {
    return false;
  }
};

describe('the name of a header', () => {
  it('is what Node takes for one, up to a length', () => {
    fc.assert(
      fc.property(text, (name) => {
        expect(isHeaderName(name)).toBe(isFine(() => validateHeaderName(name)));
      }),
    );
    expect(isHeaderName('x'.repeat(128))).toBe(true);
    expect(isHeaderName('x'.repeat(129))).toBe(false);
  });

  it.each(['X-API-Key: secret', 'X Key', '', 'X-Kéy', 'a\r\nb', '(x)', 'x/y'])(
    'is not %j',
    (name) => expect(isHeaderName(name)).toBe(false),
  );
});

describe('the value of a header', () => {
  it('never ends the line, and Node sends it as it is', () => {
    fc.assert(
      fc.property(text, (value) => {
        if (!isHeaderValue(value)) return;
        validateHeaderValue('x', value);
        expect(value).toMatch(/^[\t\x20-\x7e]+$/);
        expect(value).toBe(value.trim());
      }),
    );
  });

  it('may be any visible ASCII, with spaces inside', () => {
    const visible = fc.string({
      unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
      minLength: 1,
    });
    fc.assert(
      fc.property(visible, visible, (one, other) => {
        expect(isHeaderValue(one)).toBe(true);
        expect(isHeaderValue(`${one} \t${other}`)).toBe(true);
      }),
    );
    expect(isHeaderValue('x'.repeat(8_000))).toBe(true);
    expect(isHeaderValue('x'.repeat(8_001))).toBe(false);
  });

  it.each(['', ' ', ' x', 'x ', 'x\n', 'x\r\nHost: y', 'a\0b', 'é', 'a\x7fb'])(
    'is not %j',
    (value) => expect(isHeaderValue(value)).toBe(false),
  );
});

it.each([
  ...['Authorization', 'HOST', 'cookie', 'Content-Length', 'content-type', 'Connection', 'TE'],
  ...['Transfer-Encoding', 'Proxy-Authorization', 'Accept', 'Accept-Encoding', 'Range', 'If-Match'],
  ...['User-Agent', 'Upgrade', 'Expect', 'Sec-Fetch-Mode', 'X-Docker-Token'],
])('%s is not for people to set', (name) => expect(isTakenHeader(name)).toBe(true));

it.each([
  'CF-Access-Client-Id',
  'cf-access-client-secret',
  'X-API-Key',
  'X-Forwarded-User',
  'hosts',
])('%s is', (name) => expect(isTakenHeader(name)).toBe(false));
