import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { callRegistry, expectStatus } from './call-registry.ts';
import { issueAuthority, issueSelfSigned, issueServer } from './certificates.ts';
import { describeWithLab } from './describe-with-lab.ts';
import { takeSpareHost } from './hosts.ts';
import { digestOf } from './image-parts.ts';
import { startRegistry } from './registry.ts';
import type { RegistryVariant } from './registry-facts.ts';
import { seedImages } from './seed-images.ts';
import { sharedRegistry } from './shared-registry.ts';

const variants: readonly RegistryVariant[] = [
  'tls-login',
  'tls-open',
  'plain',
  'plain-login',
  'nginx-login',
];

describeWithLab('the lab registry', ['registry', 'nginx', 'busybox'], () => {
  for (const variant of variants) {
    it(`has the seeded images as ${variant}`, async () => {
      const registry = await sharedRegistry(variant);
      for (const { repository, tag, digest } of Object.values(registry.images)) {
        const path = `/v2/${repository}/manifests/${tag}`;
        expect(digestOf((await expectStatus(200, registry, 'GET', path)).body)).toBe(digest);
      }
    });
  }

  it('is one and the same for all who share it', async () => {
    expect(await sharedRegistry('tls-login')).toEqual(await sharedRegistry('tls-login'));
  });

  it('wants the login where it has one, by its own word or by that of nginx', async () => {
    for (const variant of ['tls-login', 'plain-login', 'nginx-login'] as const) {
      const registry = await sharedRegistry(variant);
      const stranger = await callRegistry({ ...registry, username: '' }, 'GET', '/v2/');
      expect(stranger.status).toBe(401);
      const realm = variant === 'nginx-login' ? 'Registry realm' : 'Lab';
      expect(stranger.headers['www-authenticate']).toBe(`Basic realm="${realm}"`);
      const impostor = await callRegistry({ ...registry, password: 'wrong' }, 'GET', '/v2/');
      expect(impostor.status).toBe(401);
    }
  });

  it('shows the certificates it tells about', async () => {
    const registry = await sharedRegistry('tls-login');
    const [ca, leaf] = [new X509Certificate(registry.caPem), new X509Certificate(registry.leafPem)];
    expect(leaf.verify(ca.publicKey)).toBe(true);
    expect(leaf.subjectAltName).toBe('DNS:registry.test');
    expect(ca.fingerprint256.replaceAll(':', '').toLowerCase()).toBe(registry.caSha256);
    await expect(callRegistry({ ...registry, caPem: '' }, 'GET', '/v2/')).rejects.toThrow();
  });

  it('can be one of one’s own, with any certificate, and ends when told', async () => {
    const host = takeSpareHost();
    const authority = issueAuthority();
    const expired = issueServer(authority, {
      names: [host.name],
      notBefore: new Date('2020-01-01'),
      notAfter: new Date('2021-01-01'),
    });
    const own = await startRegistry('tls-open', { host, authority, certificate: expired });
    await expect(callRegistry(own, 'GET', '/v2/')).rejects.toMatchObject({
      code: 'CERT_HAS_EXPIRED',
    });
    await own.stop();
    await expect(callRegistry(own, 'GET', '/v2/')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('can stand on one self-signed certificate', async () => {
    const host = takeSpareHost();
    const certificate = issueSelfSigned({ names: [host.name, host.ip] });
    const own = await startRegistry('tls-login', { host, certificate, authority: certificate });
    expect((await callRegistry(own, 'GET', '/v2/')).status).toBe(200);
    expect((await callRegistry({ ...own, host: own.ip }, 'GET', '/v2/')).status).toBe(200);
    await own.stop();
  });

  it('deletes, and keeps a log of what was asked', async () => {
    const own = await startRegistry('tls-login');
    const { 'team/hello:1.0': hello } = await seedImages(own);
    const path = `/v2/${hello.repository}/manifests/${hello.digest}`;
    await expectStatus(202, own, 'DELETE', path);
    await expectStatus(404, own, 'GET', path);
    const asked = readFileSync(own.logPath, 'utf8').split('\n');
    expect(asked.filter((line) => line.includes(`"DELETE ${path} HTTP/1.1" 202`))).toHaveLength(1);
    await own.stop();
  });
});
