import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  allowSudo,
  describeWithLab,
  type LabPodman,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
  startPodman,
} from '../lab/index.ts';
import { documentOf, openTerminal, type Terminal } from './terminal.ts';

describeWithLab(
  'trust for every consumer, in the terminal',
  ['engine', 'registry', 'podman', 'system-store', 'sudo'],
  () => {
    let registry: SharedRegistry;
    let plain: SharedRegistry;
    let terminal: Terminal;
    let podman: LabPodman;
    let caFile: string;
    let before: readonly string[];
    const machine = () =>
      ['/etc/docker', '/etc/containers', '/usr/local/share/ca-certificates'].flatMap(snapshotTree);
    const podmanAsUser = (...args: readonly string[]) => terminal.program(['skopeo', ...args]);
    const inspect = () =>
      podmanAsUser('inspect', '--raw', `docker://${registry.address}/team/hello:1.0`);
    const curl = () => terminal.program(['curl', '-sS', `https://${registry.address}/v2/`]);
    const consumers = ['docker-engine', 'podman', 'system'];
    const named = consumers.flatMap((id) => ['--consumer', id]);

    beforeAll(async () => {
      await sharedEngine();
      registry = await sharedRegistry('tls-open');
      plain = await sharedRegistry('plain');
      const user = await allowSudo();
      podman = await startPodman({ user });
      terminal = await openTerminal(user);
      caFile = join(terminal.regentHome, '..', 'lab ca.der');
      const der = Buffer.from(registry.caPem.replace(/-----[^-]+-----|\s/g, ''), 'base64');
      writeFileSync(caFile, der, { mode: 0o644 });
      before = machine();
    });
    afterAll(() => podman?.stop());

    it('finds what this machine has', async () => {
      const found = documentOf(await terminal.regent(['trust', 'consumers', '--json']));
      const ids = (found.consumers as { id: string }[]).map(({ id }) => id);
      expect(ids).toEqual(expect.arrayContaining([...consumers, 'regent']));
    });

    it('is refused by each of them before', async () => {
      expect((await inspect()).stderr).toContain('x509: certificate signed by unknown authority');
      expect((await curl()).stderr).toContain('SSL certificate problem');
    });

    it('trusts the authority in a DER file for all of them, with one password', async () => {
      const trusted = await terminal.regent([
        ...['trust', registry.address, '--ca', caFile, ...named, '--json'],
      ]);
      expect(trusted.status, trusted.stderr + trusted.stdout).toBe(0);
      const done = documentOf(trusted) as {
        consumers: { id: string; status: string }[];
        proof: { consumer: string; way: string; ok: boolean | null }[];
      };
      expect(done.consumers.map(({ id, status }) => [id, status])).toEqual([
        ...consumers.map((id) => [id, 'applied']),
        ['regent', 'applied'],
      ]);
      expect(done.proof.filter(({ ok }) => ok === false)).toEqual([]);
      const proven = done.proof.filter(({ ok }) => ok === true).map(({ consumer }) => consumer);
      expect([...new Set(proven)]).toEqual([...consumers, 'regent']);
    });

    it('works for each of them at once', async () => {
      expect((await inspect()).stderr).toBe('');
      expect((await curl()).stderr).toBe('');
      const list = documentOf(await terminal.regent(['trust', 'list', '--json']));
      expect(list.entries).toMatchObject([
        { address: registry.address, kind: 'ca', expiry: 'fine', drift: [] },
      ]);
    });

    it('can be taken to another machine in a file that is not trusted silently', async () => {
      const exported = await terminal.regent([
        ...['trust', 'export', registry.address, '--format', 'bundle'],
      ]);
      const file = join(terminal.regentHome, '..', 'lab.regent.json');
      await terminal.program(['tee', file], exported.stdout);
      await terminal.regent(['untrust', registry.address]);
      const silently = await terminal.regent(['trust', 'import', file, '--json']);
      expect(silently.status).toBe(3);
      const again = await terminal.regent([
        ...['trust', 'import', file, '--fingerprint', registry.caSha256, '--json'],
      ]);
      expect(again.status, again.stderr + again.stdout).toBe(0);
    });

    it('says what somebody has removed, and puts it back', async () => {
      const [file = ''] = (
        documentOf(await terminal.regent(['trust', 'list', '--json'])).entries as {
          files: string[];
        }[]
      ).flatMap(({ files }) => files.filter((one) => one.includes('/.config/containers/')));
      await terminal.program(['rm', file]);
      const list = documentOf(await terminal.regent(['trust', 'list', '--json']));
      expect(list.entries).toMatchObject([
        { drift: [{ consumer: 'podman', path: file, state: 'missing' }] },
      ]);
      const mended = await terminal.regent([
        ...['trust', registry.address, '--ca', caFile, ...named, '--json'],
      ]);
      expect(mended.status, mended.stderr).toBe(0);
      expect((await inspect()).stderr).toBe('');
    });

    it('allows plain HTTP only when that is said, for a server that speaks nothing else', async () => {
      const daemonJson = '/etc/docker/daemon.json';
      const refused = await terminal.regent(['trust', plain.address, '--tofu', '--json']);
      expect(refused.status).toBe(3);
      const wrong = await terminal.regent(['trust', registry.address, '--insecure', '--json']);
      expect(wrong.status).toBe(2);
      const trusted = await terminal.regent([
        ...['trust', plain.address, '--insecure'],
        ...['--consumer', 'docker-engine', '--consumer', 'podman', '--json'],
      ]);
      expect(trusted.status, trusted.stderr + trusted.stdout).toBe(0);
      expect(JSON.parse(readFileSync(daemonJson, 'utf8'))).toEqual({
        'insecure-registries': [plain.address],
      });
      const pulled = await terminal.program(['docker', 'pull', `${plain.address}/team/hello:1.0`]);
      expect(pulled.stderr).toBe('');
      const copied = await podmanAsUser(
        'inspect',
        '--raw',
        `docker://${plain.address}/team/hello:1.0`,
      );
      expect(copied.stderr).toBe('');
    });

    it('undoes all of it, and leaves nothing behind', async () => {
      const preview = documentOf(
        await terminal.regent(['untrust', '--all', '--dry-run', '--json']),
      );
      expect(preview).toMatchObject({ address: null, elevated: true });
      const undone = await terminal.regent(['untrust', '--all', '--json']);
      expect(undone.status, undone.stderr + undone.stdout).toBe(0);
      expect(machine()).toEqual(before);
      expect((await inspect()).stderr).toContain('x509: certificate signed by unknown authority');
      expect((await curl()).stderr).toContain('SSL certificate problem');
      const pulled = await terminal.program(['docker', 'pull', `${plain.address}/team/hello:1.0`]);
      expect(pulled.stderr).toContain('server gave HTTP response to HTTPS client');
      expect(documentOf(await terminal.regent(['trust', 'list', '--json']))).toEqual({
        entries: [],
      });
    });
  },
);
