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

it('token servers are forgotten with the registry', async () => {
  const servers = openTokenServers({ data });
  await servers.accept('registry.test', 'https://gitlab.test');
  await servers.accept('nas.test', 'https://gitlab.test');
  await servers.forget((address) => address === 'registry.test');
  expect(await servers.acceptedFor('registry.test')).toEqual([]);
  expect(await servers.acceptedFor('nas.test')).toEqual(['https://gitlab.test']);
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

  it.each([
    ['http://localhost:5000', 'http://auth.corp.test/t'],
    ['http://127.0.0.1:5000', 'http://10.0.0.1/t'],
    ['http://localhost:5000', 'http://strange_name/t'],
    ['https://localhost:5000', 'http://localhost:5001/t'],
  ])('of %s may not be %s, not even when accepted: it is not encrypted', (registry, realm) => {
    expect(() => check(registry, realm, [new URL(realm).origin])).toThrow(
      expect.objectContaining({ code: 'REALM_FOREIGN' }),
    );
  });

  it('of this machine needs no encryption within this machine', () => {
    for (const realm of ['http://127.0.0.1:5001/t', 'http://[::1]:5001/t']) {
      expect(check('http://localhost:5000', realm, [new URL(realm).origin])).toBe(realm);
    }
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
