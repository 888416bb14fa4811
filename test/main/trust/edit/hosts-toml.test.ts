import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import { hostsToml, readHostsToml, shadows } from '../../../../main/trust/edit/hosts-toml.ts';
import { refusal } from './refusal.ts';

describe('a hosts.toml of Regent’s', () => {
  it('names the CA and the client certificate for this server alone, for old and new containerd', () => {
    const text = hostsToml({
      address: 'h:1',
      caPaths: ['/r/ca.crt'],
      client: { key: '/r/c.key', cert: '/r/c.cert' },
    });
    expect(text).toBe(`# Written by Regent
server = "https://h:1"
ca = ["/r/ca.crt"]
client = [["/r/c.cert", "/r/c.key"]]
[host."https://h:1"]
ca = ["/r/ca.crt"]
client = [["/r/c.cert", "/r/c.key"]]
`);
    expect(readHostsToml(text)).toEqual([
      { url: 'https://h:1', caPaths: ['/r/ca.crt'], skipVerify: false },
      { url: 'https://h:1', caPaths: ['/r/ca.crt'], skipVerify: false },
    ]);
  });

  it('has nothing but the scheme without encryption', () => {
    expect(hostsToml({ address: '[::1]:5', caPaths: ['/ca'], plainHttp: true })).toBe(
      '# Written by Regent\nserver = "http://[::1]:5"\n[host."http://[::1]:5"]\n',
    );
  });

  it('is never made of what would not stay inside its quotes', () => {
    const odd = fc.oneof(
      fc.string(),
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '\\', '\n'),
    );
    fc.assert(
      fc.property(odd, odd, (address, path) => {
        try {
          const text = hostsToml({ address, caPaths: [path] });
          expect(parse(text)).toMatchObject({ server: `https://${address}`, ca: [path] });
        } catch (thrown) {
          expect(thrown).toMatchObject({ reason: 'wishInvalid' });
        }
      }),
    );
    expect(refusal(() => hostsToml({ address: 'h/x', caPaths: [] })).detail).toBe('h/x');
  });
});

describe('the certificates beside a hosts.toml', () => {
  it.each([
    ['only a comment', '# nothing', true],
    ['a line end', '\n', true],
    ['another CA', 'server = "https://h:1"\nca = "/other.crt"', true],
    ['a host', '[host."https://h:1"]\nskip_verify = true', true],
    ['no byte at all', '', false],
    ['what can’t be parsed', 'server = ', false],
    ['a CA that is no path', 'ca = 1', false],
    ['an unknown capability', '[host."https://h"]\ncapabilities = ["dance"]', false],
    ['a host that is no table', 'host = 1', false],
  ])('of %s: hidden %#', (_, text, isHidden) => {
    expect(shadows(text)).toBe(isHidden);
  });

  it('are told with what it says itself', () => {
    const text = 'server = "https://h"\n[host."https://m"]\nca = "/a"\nskip_verify = true\n';
    expect(readHostsToml(text)).toEqual([
      { url: 'https://m', caPaths: ['/a'], skipVerify: true },
      { url: 'https://h', caPaths: [], skipVerify: false },
    ]);
  });

  it('are told of any garbage', () => {
    fc.assert(fc.property(fc.string(), (text) => void shadows(text)));
  });
});
