import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesInclude, readServerNames } from '../../../main/registry/transport/server-names.ts';

describe('readServerNames', () => {
  it('reads the names that count', () => {
    const text =
      'DNS:nas.lab, IP Address:10.0.0.9, DNS:*.lab, URI:https://x, email:a@b, DirName:CN=x';
    expect(readServerNames(text)).toEqual({ dns: ['nas.lab', '*.lab'], ips: ['10.0.0.9'] });
    expect(readServerNames(undefined)).toEqual({ dns: [], ips: [] });
  });

  it('is not taken in by names that contain others', () => {
    expect(readServerNames('DNS:"a.test, DNS:evil.test", DNS:b.test')).toEqual({
      dns: ['b.test'],
      ips: [],
    });
    expect(readServerNames('URI:"http://x/\\", DNS:evil.test"')).toEqual({ dns: [], ips: [] });
  });

  it('reads any text without failing', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'DNS:, "\\*.a') }), (text) => {
        readServerNames(text);
      }),
    );
  });
});

describe('namesInclude', () => {
  const names = readServerNames(
    'DNS:Nas.Lab, DNS:*.lab, DNS:f*.odd.test, IP Address:10.0.0.9, IP Address:FD00:0:0:0:0:0:0:2',
  );

  it.each(['nas.lab', 'NAS.LAB', 'nas.lab.', 'other.lab', '10.0.0.9', 'fd00::2', 'fd00:0::2'])(
    'takes %s',
    (host) => expect(namesInclude(names, host)).toBe(true),
  );

  it.each(['lab', 'a.nas.lab', 'foo.odd.test', '10.0.0.8', 'fd00::3', '10.0.0.9.lab.x', ''])(
    'refuses %j',
    (host) => expect(namesInclude(names, host)).toBe(false),
  );

  it('does not take an IP address for a DNS name', () => {
    expect(namesInclude(readServerNames('DNS:10.0.0.9, DNS:*.0.0.9'), '10.0.0.9')).toBe(false);
  });
});
