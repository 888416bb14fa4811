import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type RegistriesFile,
  registriesDropIn,
  registriesRemarks,
} from '../../../../main/trust/edit/podman-registries.ts';
import { refusal } from './refusal.ts';

const main = (text: string): RegistriesFile => ({
  path: '/etc/containers/registries.conf',
  text,
  isDropIn: false,
  isLater: false,
});
const dropIn = (text: string, name = '999-x.conf'): RegistriesFile => ({
  path: `/etc/containers/registries.conf.d/${name}`,
  text,
  isDropIn: true,
  isLater: true,
});
const remarks = (file: RegistriesFile) => registriesRemarks([file], 'h:1');

describe('a drop-in for one registry without TLS', () => {
  it('is of version 2', () => {
    expect(registriesDropIn({ address: 'h:1' })).toBe(
      '# Written by Regent\n[[registry]]\nlocation = "h:1"\ninsecure = true\n',
    );
    expect(refusal(() => registriesDropIn({ address: 'h:1"' })).reason).toBe('wishInvalid');
  });
});

describe('remarks on the files beside it', () => {
  it.each([
    ['nothing on other registries', main('[[registry]]\nlocation = "h:10"\ninsecure = false'), []],
    ['nothing on search lists', main('unqualified-search-registries = ["docker.io"]'), []],
    [
      'version 1',
      dropIn("[registries.insecure]\nregistries = ['h:1']"),
      [{ kind: 'versionOne', path: dropIn('').path }],
    ],
    [
      'a name that is ignored',
      dropIn('garbage', 'x.toml'),
      [{ kind: 'ignoredName', path: dropIn('', 'x.toml').path }],
    ],
    ['garbage', main('a\nb'), [{ kind: 'unreadable', path: main('').path, place: '1:2' }]],
    [
      'the same registry, whose other settings Regent’s file hides',
      main('[[registry]]\nprefix = "h:1/"\nlocation = "m"\n[[registry.mirror]]\nlocation = "m"'),
      [
        {
          kind: 'sameRegistry',
          path: main('').path,
          isInsecure: false,
          prevails: false,
          keys: ['prefix', 'location', 'mirror'],
        },
      ],
    ],
    [
      'the same registry, later',
      dropIn('[[registry]]\nlocation = "h:1"\ninsecure = true'),
      [
        {
          kind: 'sameRegistry',
          path: dropIn('').path,
          isInsecure: true,
          prevails: true,
          keys: ['location', 'insecure'],
        },
      ],
    ],
    [
      'a part of it that is not insecure',
      main('[[registry]]\nlocation = "h:1/team"'),
      [{ kind: 'narrowerRegistry', path: main('').path, prefix: 'h:1/team' }],
    ],
    ['a registry without a name', main('registry = [{ insecure = true }, { location = 1 }]'), []],
  ])('%s', (_, file, expected) => {
    expect(remarks(file)).toEqual(expected);
  });

  it('are made of any garbage', () => {
    fc.assert(fc.property(fc.string(), (text) => void remarks(dropIn(text))));
  });
});
