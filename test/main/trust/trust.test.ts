import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { RegentError } from '../../../shared/errors/index.ts';
import { snapshotTree } from '../../lab/snapshot-tree.ts';
import { type Made, make, makeCa } from './make-certificate.ts';
import { makeMachine, type TestMachine } from './test-machine.ts';
import { startTls, type TestServer, watch } from './test-server.ts';

describe('trust', () => {
  const ca = makeCa();
  const leaf = make({ by: ca, names: ['reg.test', '127.0.0.1'] });
  let server: TestServer;
  let machine: TestMachine;
  let address: string;
  let folder: string;
  let file: string;

  const fileOf = ({ cert }: Made) => join(folder, `regent-${cert.sha256.slice(0, 16)}.crt`);

  beforeAll(async () => {
    server = await startTls([leaf, ca]);
    address = `reg.test:${server.port}`;
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    machine = makeMachine();
    folder = join(machine.certsD, address);
    file = fileOf(ca);
  });
  afterEach(() => machine.remove());

  describe('a plan', () => {
    it('says exactly what will be done, and does nothing', async () => {
      const before = snapshotTree(machine.etc);
      const own = join(machine.data, 'trust', address.replace(':', '%3A'));
      const plan = await machine.open().plan({ address });
      expect(plan).toMatchObject({ address, kind: 'ca', certificate: { sha256: ca.cert.sha256 } });
      expect(plan.consumers).toEqual([
        {
          id: 'docker-engine',
          status: 'to-do',
          elevated: false,
          effect: 'at-once',
          live: true,
          ranHere: true,
          notes: [{ code: 'builds-remember', facts: { minutes: '5' } }],
          problem: null,
          changes: [
            { kind: 'create-directory', path: join(machine.etc, 'docker'), mode: '0755' },
            { kind: 'create-directory', path: machine.certsD, mode: '0755' },
            { kind: 'create-directory', path: folder, mode: '0755' },
            { kind: 'write-file', path: file, mode: '0644', content: ca.pem },
          ],
        },
        {
          id: 'regent',
          status: 'to-do',
          elevated: false,
          effect: 'at-once',
          live: true,
          ranHere: true,
          notes: [],
          problem: null,
          changes: [
            { kind: 'create-directory', path: join(machine.data, 'trust'), mode: '0700' },
            { kind: 'create-directory', path: own, mode: '0700' },
            {
              kind: 'write-file',
              path: join(own, `regent-${ca.cert.sha256.slice(0, 16)}.pem`),
              mode: '0600',
              content: ca.pem,
            },
          ],
        },
      ]);
      expect(snapshotTree(machine.etc)).toEqual(before);
      expect(snapshotTree(machine.data)).toEqual(['absent']);
    });

    it('has a script that does the same by hand', async () => {
      const trust = machine.open();
      const { planId, script } = await trust.plan({ address });
      mkdirSync(machine.data);
      execFileSync('/bin/sh', ['-eu'], { input: script });
      const byHand = snapshotTree(machine.etc);
      rmSync(join(machine.etc, 'docker'), { recursive: true });
      rmSync(join(machine.data, 'trust'), { recursive: true });
      await trust.apply(planId);
      expect(snapshotTree(machine.etc)).toEqual(byHand);
    });

    it('takes the certificate that is named by its fingerprint', async () => {
      const trust = machine.open();
      const plan = await trust.plan({ address, sha256: leaf.cert.sha256 });
      expect(plan).toMatchObject({ kind: 'leaf', certificate: { pem: leaf.pem } });
      const wrong = 'a'.repeat(64);
      await expect(trust.plan({ address, sha256: wrong })).rejects.toMatchObject({
        code: 'FINGERPRINT_MISMATCH',
        data: { expected: wrong, presented: [leaf.cert.sha256, ca.cert.sha256] },
      });
    });

    it('takes from a bundle what vouches for the server', async () => {
      const trust = machine.open();
      const unrelated = makeCa({ cn: 'Other CA' });
      const pem = `Root:\r\n${unrelated.pem}${ca.pem.replaceAll('\n', '\r\n')}`;
      expect(await trust.plan({ address, pem })).toMatchObject({
        kind: 'ca',
        certificate: { pem: ca.pem },
      });
      expect(await trust.plan({ address, pem: leaf.pem })).toMatchObject({ kind: 'leaf' });
      const fails = (text: string) => trust.plan({ address, pem: text, source: 'x.crt' });
      await expect(fails(unrelated.pem)).rejects.toMatchObject({
        code: 'CA_FILE_UNRELATED',
        data: { path: 'x.crt', address, subjects: ['CN=Other CA, O=Lab'] },
      });
      await expect(fails('hello')).rejects.toMatchObject({ code: 'CA_FILE_INVALID' });
      await expect(fails(`${ca.pem}${ca.keyPem}`)).rejects.toMatchObject({
        code: 'CA_FILE_PRIVATE_KEY',
      });
    });

    it.each([
      ['CERT_NAME_MISMATCH', { names: ['other.test'] }],
      ['CERT_NO_SAN', { names: null }],
      ['CERT_EXPIRED', { notAfter: '2026-02-01T00:00:00Z' }],
      ['CERT_NOT_YET_VALID', { notBefore: '2026-11-01T00:00:00Z' }],
      ['CERT_CHAIN_INVALID', { eku: ['1.3.6.1.5.5.7.3.2'] }],
    ] as const)('is not made where trust is no cure: %s', async (code, wish) => {
      const bad = await startTls([make(wish)]);
      const planned = machine.open().plan({ address: `reg.test:${bad.port}` });
      await expect(planned).rejects.toMatchObject({ code });
      await bad.stop();
    });

    it('is not made for a server that is no registry or does not answer', async () => {
      const site = await startTls([leaf], (_, response) => response.end('<html>'));
      const trust = machine.open();
      const planned = () => trust.plan({ address: `reg.test:${site.port}` });
      await expect(planned()).rejects.toMatchObject({ code: 'NOT_A_REGISTRY' });
      await site.stop();
      const closed = trust.plan({ address: `reg.test:${site.port}`, pem: ca.pem });
      await expect(closed).rejects.toBeInstanceOf(RegentError);
    });

    it('leaves Docker alone on loopback, where it asks nothing, and where there is none', async () => {
      const loopback = await machine.open().plan({ address: `127.0.0.1:${server.port}` });
      expect(loopback.consumers.map(({ id, status }) => [id, status])).toEqual([
        ['docker-engine', 'not-needed'],
        ['regent', 'to-do'],
      ]);
      const bare = makeMachine({ hasEngine: false });
      const without = await bare.open().plan({ address });
      bare.remove();
      expect(without.consumers.map(({ id }) => id)).toEqual(['regent']);
      const only = await machine.open().plan({ address, consumers: ['regent'] });
      expect(only.consumers.map(({ id }) => id)).toEqual(['regent']);
    });

    it('adds the issuer to a trust in the server’s own certificate, which ends with its renewal', async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'leaf.crt'), leaf.pem);
      const plan = await machine.open().plan({ address, pem: ca.pem });
      expect(plan.consumers[0]).toMatchObject({ id: 'docker-engine', status: 'to-do' });
    });

    it('sees what Docker trusts already, by whatever file', async () => {
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'ca.crt'), ca.pem);
      const plan = await machine.open().plan({ address });
      expect(plan.consumers[0]).toMatchObject({ status: 'already', changes: [] });
    });
  });

  describe('applied', () => {
    it('writes the very bytes that were shown, readable for all, and nothing else', async () => {
      const trust = machine.open();
      const { planId, certificate } = await trust.plan({ address });
      expect(trust.planOf(planId).certificate).toEqual(certificate);
      const result = await trust.apply(planId);
      expect(result.consumers.map(({ status }) => status)).toEqual(['applied', 'applied']);
      expect(readFileSync(file, 'utf8')).toBe(ca.pem);
      expect(statSync(file).mode & 0o777).toBe(0o644);
      expect(statSync(folder).mode & 0o777).toBe(0o755);
      expect(await trust.materialFor(address)).toEqual([ca.pem]);
      expect(await trust.materialFor('other.test')).toEqual([]);
      const { report } = await watch(trust.probe(address, new AbortController().signal));
      expect(report.verdict).toBe('trusted');
    });

    it('works once', async () => {
      const trust = machine.open();
      const { planId } = await trust.plan({ address });
      await trust.apply(planId);
      await expect(trust.apply(planId)).rejects.toMatchObject({ code: 'PLAN_UNKNOWN' });
      const again = await trust.plan({ address });
      expect(again.consumers.map(({ status }) => status)).toEqual(['already', 'already']);
    });

    it('is in the list after a restart', async () => {
      const trust = machine.open();
      await trust.apply((await trust.plan({ address })).planId);
      const [entry, ...others] = await machine.open().list();
      expect(others).toEqual([]);
      expect(entry).toMatchObject({
        address,
        kind: 'ca',
        certificate: { sha256: ca.cert.sha256 },
        consumers: ['docker-engine', 'regent'],
        trustedAt: '2026-06-01T00:00:00.000Z',
      });
      expect(entry?.files[0]).toBe(file);
    });

    it('never writes over a file of somebody else’s', async () => {
      const trust = machine.open();
      const { planId } = await trust.plan({ address });
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, 'mine');
      const before = snapshotTree(machine.etc);
      await expect(trust.apply(planId)).rejects.toMatchObject({
        code: 'TRUST_TARGET_CHANGED',
        data: { path: file },
      });
      expect(snapshotTree(machine.etc)).toEqual(before);
      expect(await trust.list()).toEqual([]);
    });

    it.each([
      ['symbolicLink', () => symlinkSync('/tmp', join(machine.etc, 'docker'))],
      [
        'writableByOthers',
        () => {
          mkdirSync(machine.certsD, { recursive: true });
          chmodSync(machine.certsD, 0o777);
        },
      ],
      ['notAFolder', () => writeFileSync(join(machine.etc, 'docker'), '')],
    ] as const)('refuses a folder that could lead elsewhere: %s', async (reason, spoil) => {
      const trust = machine.open();
      const { planId } = await trust.plan({ address });
      spoil();
      const before = snapshotTree(machine.etc);
      await expect(trust.apply(planId)).rejects.toMatchObject({
        code: 'TRUST_TARGET_UNSAFE',
        data: { reason },
      });
      expect(snapshotTree(machine.etc)).toEqual(before);
      expect(await trust.materialFor(address)).toEqual([]);
    });

    it('says beside it when only Regent’s own part failed', async () => {
      const trust = machine.open();
      const { planId } = await trust.plan({ address });
      mkdirSync(machine.data);
      writeFileSync(join(machine.data, 'trust'), 'in the way');
      const { consumers } = await trust.apply(planId);
      expect(consumers.map(({ id, status }) => [id, status])).toEqual([
        ['docker-engine', 'applied'],
        ['regent', 'failed'],
      ]);
      const alone = await trust.plan({ address, consumers: ['regent'] });
      await expect(trust.apply(alone.planId)).rejects.toMatchObject({
        code: 'TRUST_TARGET_UNSAFE',
      });
    });
  });

  describe('revoked', () => {
    const trusted = async () => {
      const trust = machine.open();
      await trust.apply((await trust.plan({ address })).planId);
      return trust;
    };

    it('leaves everything as it was, folders too', async () => {
      const before = snapshotTree(machine.etc);
      await trusted();
      const trust = machine.open();
      const reverted = await trust.revoke({ address });
      expect(reverted.map(({ path, action }) => [path, action])).toEqual([
        [file, 'removed'],
        [folder, 'removed'],
        [machine.certsD, 'removed'],
        [join(machine.etc, 'docker'), 'removed'],
        [expect.stringContaining('.pem'), 'removed'],
        [expect.stringContaining('%3A'), 'removed'],
        [join(machine.data, 'trust'), 'removed'],
      ]);
      expect(snapshotTree(machine.etc)).toEqual(before);
      expect(await trust.materialFor(address)).toEqual([]);
      expect(await trust.list()).toEqual([]);
      await expect(trust.revoke({ address })).rejects.toMatchObject({ code: 'TRUST_NOT_FOUND' });
    });

    it('leaves what was there before and what came later', async () => {
      mkdirSync(machine.certsD, { recursive: true });
      const trust = await trusted();
      writeFileSync(join(folder, 'client.key'), 'later');
      const reverted = await trust.revoke({ address });
      const inDocker = reverted.filter(({ consumer }) => consumer === 'docker-engine');
      expect(inDocker.map(({ action }) => action)).toEqual(['removed', 'kept']);
      expect(readFileSync(join(folder, 'client.key'), 'utf8')).toBe('later');
    });

    it('leaves a certificate that was there before Regent wrote the same', async () => {
      const trust = machine.open();
      const { planId } = await trust.plan({ address });
      mkdirSync(folder, { recursive: true });
      writeFileSync(file, ca.pem);
      await trust.apply(planId);
      const reverted = await trust.revoke({ address });
      expect(reverted).toContainEqual({ consumer: 'docker-engine', path: file, action: 'kept' });
      expect(readFileSync(file, 'utf8')).toBe(ca.pem);
    });

    it('takes only its own certificate out of a file that others have added to', async () => {
      const trust = await trusted();
      const other = makeCa({ cn: 'Other CA' });
      writeFileSync(file, `# ours\n${ca.pem}${other.pem}`);
      const reverted = await trust.revoke({ address });
      expect(reverted[0]).toMatchObject({ path: file, action: 'kept' });
      expect(readFileSync(file, 'utf8')).toBe(`# ours\n\n${other.pem}`);
    });

    it('keeps the outer folders until the last registry in them is revoked', async () => {
      const before = snapshotTree(machine.etc);
      const trust = await trusted();
      const second = await startTls([leaf, ca]);
      const other = `reg.test:${second.port}`;
      await trust.apply((await trust.plan({ address: other })).planId);
      await trust.revoke({ address });
      expect(await trust.list()).toHaveLength(1);
      expect(await machine.open().materialFor(other)).toEqual([ca.pem]);
      await machine.open().revoke({ address: other });
      expect(snapshotTree(machine.etc)).toEqual(before);
      await second.stop();
    });

    it('takes every certificate of the address', async () => {
      const before = snapshotTree(machine.etc);
      const trust = await trusted();
      rmSync(file);
      await trust.apply((await trust.plan({ address, sha256: leaf.cert.sha256 })).planId);
      const reverted = await trust.revoke({ address });
      expect(reverted.filter(({ path }) => path.endsWith('.crt'))).toEqual([
        { consumer: 'docker-engine', path: file, action: 'gone' },
        { consumer: 'docker-engine', path: fileOf(leaf), action: 'removed' },
      ]);
      expect(snapshotTree(machine.etc)).toEqual(before);
    });
  });

  it('is one thing at a time, however many Regents there are', async () => {
    const before = snapshotTree(machine.etc);
    const regents = [machine.open(), machine.open(), machine.open()];
    const plans = await Promise.all(
      regents.map(async (trust) => ({ trust, plan: await trust.plan({ address }) })),
    );
    await Promise.all(plans.map(({ trust, plan }) => trust.apply(plan.planId)));
    expect(await machine.open().list()).toHaveLength(1);
    await machine.open().revoke({ address });
    expect(snapshotTree(machine.etc)).toEqual(before);
  });
});
