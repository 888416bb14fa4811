import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addressSchema,
  isIpHost,
  isLoopback,
  parseAddress,
} from '../../../shared/model/address.ts';

const isAddress = (text: string) => addressSchema.safeParse(text).success;

describe('an address', () => {
  it.each([
    ['nas.local:5000', { host: 'nas.local', port: 5000, isIpv6: false }],
    ['NAS', { host: 'NAS', port: undefined, isIpv6: false }],
    ['192.168.1.20:443', { host: '192.168.1.20', port: 443, isIpv6: false }],
    ['[fd00::2]:5000', { host: 'fd00::2', port: 5000, isIpv6: true }],
    ['[::1]', { host: '::1', port: undefined, isIpv6: true }],
  ])('%s is taken apart, the text kept as typed', (text, parts) => {
    expect(parseAddress(text)).toEqual(parts);
  });

  it.each([
    ...['', '.', '..', '../etc', 'a/b', 'a\\b', 'a b', 'a:', ':5000', 'a:0', 'a:65536', 'a:05000'],
    ...['-a', 'a-', 'a..b', 'a.', '.a', '_default', 'a_b', 'a:5000/', 'http://a', 'a@b', 'a:b:c'],
    ...['[fe80::1%eth0]:1', '[::1', '::1', '[]', '[zz]', 'a\n', 'a\0', 'ä.de', 'nas．local'],
  ])('%j is none, since it could not be a folder of that name', (text) => {
    expect(isAddress(text)).toBe(false);
  });

  it('is never a way out of its folder', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 80 }), (text) => {
        if (isAddress(text)) expect(text).toMatch(/^[A-Za-z0-9[][A-Za-z0-9.:[\]-]*$/);
        if (isAddress(text)) expect(text).not.toContain('..');
      }),
    );
  });

  it.each([
    ['127.0.0.1:5000', true],
    ['127.9.9.9', true],
    ['localhost:5000', true],
    ['[::1]:5000', true],
    ['128.0.0.1', false],
    ['localhost.evil.test', false],
  ])('%s is this machine itself: %s', (text, expected) => {
    expect(isLoopback(text)).toBe(expected);
  });

  it('is an IP address or a name, which TLS tells apart', () => {
    expect(isIpHost(parseAddress('10.0.0.1:1'))).toBe(true);
    expect(isIpHost(parseAddress('[fd00::1]:1'))).toBe(true);
    expect(isIpHost(parseAddress('10.0.0.1.nip.io'))).toBe(false);
  });
});
