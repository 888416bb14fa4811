import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dockerConfigKey,
  itemName,
  serverKey,
  shownAddress,
} from '../../../main/accounts/server-key.ts';

const HUB = 'https://index.docker.io/v1/';

describe('the key of a login', () => {
  it.each([
    ['registry.test:5443', 'registry.test:5443'],
    ['Registry.Test:5443', 'registry.test:5443'],
    ['https://registry.test:5443', 'registry.test:5443'],
    ['http://registry.test:5443', 'registry.test:5443'],
    ['https://registry.test:5443/v1/', 'registry.test:5443'],
    ['https://registry.test/v2/?x=1', 'registry.test'],
    ['registry.test:443', 'registry.test'],
    ['https://registry.test:443/', 'registry.test'],
    ['http://registry.test:80', 'registry.test:80'],
    ['http://registry.test:443', 'registry.test'],
    ['https://ada@registry.test', 'registry.test'],
    ['[::1]:5000', '[::1]:5000'],
    ['  registry.test \n', 'registry.test'],
    ['my_registry:5000', 'my_registry:5000'],
    ['docker.io', HUB],
    ['index.docker.io', HUB],
    ['https://docker.io/', HUB],
    ['https://index.docker.io/v1/', HUB],
    ['https://index.docker.io/v1', HUB],
    ['registry-1.docker.io', HUB],
    ['https://registry-1.docker.io/v2/', HUB],
    ['https://index.docker.io/v1/access-token', 'https://index.docker.io/v1/access-token'],
    ['https://index.docker.io/v1/refresh-token', 'https://index.docker.io/v1/refresh-token'],
    ['what is this', 'what is this'],
    ['', ''],
  ])('%j is kept under %j', (server, key) => {
    expect(serverKey(server)).toBe(key);
  });

  it('is its own key, whatever is sent', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain()), (server) => {
        expect(serverKey(serverKey(server))).toBe(serverKey(server));
      }),
    );
  });
});

describe('the name for people', () => {
  it.each([
    [HUB, 'docker.io'],
    ['registry-1.docker.io', 'docker.io'],
    ['https://Registry.Test:5443/v2/', 'registry.test:5443'],
    ['registry.test:443', 'registry.test:443'],
    [`${HUB}access-token`, `${HUB}access-token`],
    ['what is this', 'what is this'],
    ['', ''],
  ])('of %j is %j', (server, name) => {
    expect(shownAddress(server)).toBe(name);
  });

  it('stands for the same login', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl(), fc.domain()), (server) => {
        expect(serverKey(shownAddress(server))).toBe(serverKey(server));
      }),
    );
  });
});

describe('the key in docker’s config.json', () => {
  it.each([
    ['registry.test:5443', 'registry.test:5443'],
    ['registry.test:443', 'registry.test:443'],
    ['docker.io', HUB],
    [HUB, HUB],
    ['https://index.docker.io/v1/access-token', undefined],
    ['no registry', undefined],
    ['', undefined],
  ])('of %j is %j', (address, key) => {
    expect(dockerConfigKey(address)).toBe(key);
  });
});

describe('the name of an item', () => {
  it('differs for any two logins', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1 });
    fc.assert(
      fc.property(word, word, word, word, (key, user, otherKey, otherUser) => {
        fc.pre(key !== otherKey || user !== otherUser);
        expect(itemName(key, user)).not.toBe(itemName(otherKey, otherUser));
      }),
    );
    expect(itemName('a b', 'c')).not.toBe(itemName('a', 'b c'));
  });

  it('holds no NUL, at which the keychain would end it', () => {
    expect(itemName('a\0b', 'c\0d')).toBe('a%00b c%00d');
  });
});
