import { describe, expect, it } from 'vitest';
import { EditRefused } from '../../../../main/trust/edit/editor.ts';
import { hostsFile } from '../../../../main/trust/edit/hosts-file.ts';
import { hostsToml, readHostsToml } from '../../../../main/trust/edit/hosts-toml.ts';

const wishOf = (...caPaths: string[]) => ({ address: 'reg.test:5000', caPaths });

describe('hosts.toml that trusts of one registry share', () => {
  const one = hostsFile.apply(null, wishOf('/a.crt'));
  const both = hostsFile.apply(one, wishOf('/b.crt'));

  it('begins as Regent’s own file, also where an empty one is', () => {
    expect(one).toBe(hostsToml(wishOf('/a.crt')));
    expect(hostsFile.apply('', wishOf('/a.crt'))).toBe(one);
    expect(hostsFile.apply(one, wishOf('/a.crt'))).toBe(one);
  });

  it('names the authorities of all, and loses only those that are taken back', () => {
    expect(readHostsToml(both)?.[0]?.caPaths).toEqual(['/a.crt', '/b.crt']);
    expect(hostsFile.has(both, wishOf('/a.crt'))).toBe(true);
    expect(hostsFile.has(one, wishOf('/b.crt'))).toBe(false);
    expect(hostsFile.revert(both, wishOf('/b.crt'))).toBe(one);
    expect(hostsFile.revert(one, wishOf('/a.crt'))).toBeNull();
  });

  it('is never changed where somebody else has written it', () => {
    for (const theirs of [
      'server = "https://reg.test:5000"\n',
      `${one}# and mine\n`,
      'broken = [',
    ]) {
      expect(() => hostsFile.apply(theirs, wishOf('/b.crt'))).toThrow(EditRefused);
      expect(hostsFile.revert(theirs, wishOf('/b.crt'))).toBe(theirs);
    }
  });

  it('says what to paste there', () => {
    const refused = () => hostsFile.apply('[host]\n', wishOf('/b.crt'));
    expect(refused).toThrow(expect.objectContaining({ detail: hostsToml(wishOf('/b.crt')) }));
  });

  it('knows a server that is spoken to in the clear from one that is not', () => {
    const plain = { ...wishOf(), plainHttp: true };
    expect(hostsFile.has(one, plain)).toBe(false);
    expect(hostsFile.has(hostsFile.apply(null, plain), plain)).toBe(true);
  });
});
