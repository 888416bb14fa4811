import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatIp, parseIp, unmapIp } from '../../../../main/trust/x509/ip.ts';

describe('IP addresses', () => {
  it('are read and written back', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(formatIp(parseIp(text) ?? new Uint8Array())).toBe(text);
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
        const ip = unmapIp(bytes);
        expect(Buffer.compare(parseIp(formatIp(bytes)) ?? new Uint8Array(), ip)).toBe(0);
      }),
    );
  });

  it('are one and the same in all their spellings', () => {
    expect(parseIp('fd00:0:0::2')).toEqual(parseIp('FD00::0002'));
    expect(formatIp(parseIp('::ffff:10.0.0.1') ?? new Uint8Array())).toBe('10.0.0.1');
  });

  it('are nothing else', () => {
    for (const text of ['reg.test', '10.0.0', '10.0.0.256', 'fe80::1%eth0', '']) {
      expect(parseIp(text)).toBeUndefined();
    }
  });
});
