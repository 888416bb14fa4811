import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkRealm } from '../../../main/registry/auth/realm.ts';
import { openTokenServers } from '../../../main/registry/token-servers.ts';

let data: string;
beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'regent-realms-'));
});
afterEach(() => rm(data, { recursive: true }));

it('a token server is accepted for one registry, and remembered', async () => {
  await openTokenServers({ data }).accept('registry.test', 'https://gitlab.test');
  await openTokenServers({ data }).accept('registry.test', 'https://gitlab.test');
  const { acceptedFor } = openTokenServers({ data });
  expect(await acceptedFor('registry.test')).toEqual(['https://gitlab.test']);
  expect(await acceptedFor('registry.test:5000')).toEqual([]);
});

describe('a realm', () => {
  const check = (registry: string, realm: string, allowedOrigins: readonly string[] = []) =>
    checkRealm(realm, { address: 'a', registry: new URL(registry), allowedOrigins }).href;

  it.each([
    ['https://nas.test:5443', '/token'],
    ['https://nas.test:5443', 'https://nas.test:5444/token'],
    ['http://nas.test:5000', 'http://nas.test:5001/token'],
    ['https://registry.gitlab.nas.test', 'https://gitlab.nas.test/jwt/auth'],
    ['https://registry-1.docker.io', 'https://auth.docker.io/token'],
    ['https://registry.gitlab.com', 'https://gitlab.com/jwt/auth'],
  ])('of %s may be %s', (registry, realm) => {
    expect(check(registry, realm)).toBe(new URL(realm, registry).href);
  });

  it.each([
    ['https://nas.test', 'http://nas.test/token'],
    ['https://registry.nas.test', 'https://gitlab.nas.test/jwt/auth'],
    ['https://nas.test', 'https://registry.nas.test/token'],
    ['https://mynas.test', 'https://nas.test/token'],
    ['https://nas.test', 'https://test/token'],
    ['https://registry.gitlab.nas.test', 'http://gitlab.nas.test/jwt/auth'],
    ['https://1.10.77.0', 'https://10.77.0/token'],
    ['https://nas.test', 'https://ada@nas.test/token'],
  ])('of %s may not be %s', (registry, realm) => {
    expect(() => check(registry, realm)).toThrow(
      expect.objectContaining({ code: 'REALM_FOREIGN' }),
    );
  });

  it('may be what was accepted, to the letter of its origin', () => {
    const accepted = ['https://gitlab.nas.test'];
    const registry = 'https://registry.nas.test';
    expect(check(registry, 'https://gitlab.nas.test/jwt/auth', accepted)).toContain('gitlab');
    for (const other of ['https://gitlab.nas.test:444', 'https://gitlab.nas.test.evil.test']) {
      expect(() => check(registry, `${other}/jwt/auth`, accepted)).toThrow();
    }
  });
});
