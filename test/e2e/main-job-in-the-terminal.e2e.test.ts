import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allowSudo,
  describeWithLab,
  type LabEngine,
  type LabKeychain,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
} from '../lab/index.ts';
import { documentOf, keychainOf, openTerminal, type Terminal } from './terminal.ts';

describeWithLab('the main job in the terminal', ['engine', 'registry', 'keychain', 'sudo'], () => {
  let engine: LabEngine;
  let registry: SharedRegistry;
  let keychain: LabKeychain;
  let terminal: Terminal;
  let image: string;
  let enginePid: number;
  let etcDocker: readonly string[];
  const docker = (...args: readonly string[]) => terminal.program(['docker', ...args]);

  beforeAll(async () => {
    engine = await sharedEngine();
    enginePid = engine.pid;
    registry = await sharedRegistry('tls-login');
    const user = await allowSudo();
    keychain = await keychainOf(user);
    terminal = await openTerminal(user, keychain);
    image = `${registry.address}/team/hello:1.0`;
    etcDocker = snapshotTree('/etc/docker');
  });
  afterAll(() => keychain?.stop());

  describe('before', () => {
    it('docker refuses the registry', async () => {
      const pulled = await docker('pull', image);
      expect(pulled.status).not.toBe(0);
      expect(pulled.stderr).toContain('x509: certificate signed by unknown authority');
    });

    it('probe says so in every detail and changes nothing', async () => {
      const probed = await terminal.regent(['probe', registry.address, '--json']);
      expect(probed.status).toBe(3);
      expect(documentOf(probed)).toMatchObject({
        address: registry.address,
        scheme: 'https',
        api: 'v2',
        verdict: 'untrusted',
        auth: { kind: 'basic' },
      });
      const shown = (documentOf(probed).certificates as { sha256: string }[]).map((c) => c.sha256);
      expect(shown).toContain(registry.leafSha256);
      expect(snapshotTree('/etc/docker')).toEqual(etcDocker);
    });

    it('a dry run shows each write and makes none', async () => {
      const plan = await terminal.regent([
        ...['trust', registry.address, '--fingerprint', registry.leafSha256],
        ...['--dry-run', '--json'],
      ]);
      expect(plan.status).toBe(0);
      expect(plan.stdout).toContain(`/etc/docker/certs.d/${registry.address}/regent-`);
      expect(snapshotTree('/etc/docker')).toEqual(etcDocker);
    });
  });

  describe('trust, login and the credential helper', () => {
    it('trusts by the fingerprint, with the one step that needs root, live', async () => {
      const trusted = await terminal.regent([
        ...['trust', registry.address, '--fingerprint', registry.leafSha256, '--json'],
      ]);
      expect(trusted.stderr).not.toContain('rror');
      expect(documentOf(trusted)).toMatchObject({ address: registry.address });
      const { consumers } = documentOf(trusted) as { consumers: { id: string; status: string }[] };
      expect(consumers).toContainEqual(
        expect.objectContaining({ id: 'docker-engine', status: 'applied', live: true }),
      );
      expect(trusted.status).toBe(0);
    });

    it('refuses a wrong password in the words of the registry and keeps nothing', async () => {
      const refused = await terminal.regent(
        ['login', registry.address, '-u', registry.username, '--password-stdin', '--json'],
        'not the password',
      );
      expect(refused.status).toBe(4);
      expect(documentOf(refused)).toMatchObject({ error: { code: 'CREDENTIALS_REJECTED' } });
      const accounts = await terminal.regent(['accounts', '--json']);
      expect(documentOf(accounts)).toEqual({ accounts: [] });
    });

    it('signs in, and routes the docker command line to the keychain', async () => {
      const login = await terminal.regent(
        ['login', registry.address, '-u', registry.username, '--password-stdin', '--json'],
        registry.password,
      );
      expect(documentOf(login)).toMatchObject({
        address: registry.address,
        username: registry.username,
      });
      const helper = await terminal.regent(['helper', 'install', '--json']);
      expect(documentOf(helper)).toMatchObject({
        installed: true,
        routes: [registry.address],
        problems: [],
      });
    });

    it('has the ways into the engine proven by the engine itself', async () => {
      const trusted = await terminal.regent([
        ...['trust', registry.address, '--fingerprint', registry.leafSha256, '--json'],
      ]);
      const { proof } = documentOf(trusted) as {
        proof: { consumer: string; ok: unknown; way: unknown }[];
      };
      const ofEngine = proof.filter(({ consumer }) => consumer === 'docker-engine');
      expect(ofEngine.map(({ way, ok }) => [way, ok])).toEqual([
        ['sign-in', true],
        ['pull', true],
        // Only a real push could tell, and a proof writes nothing into a registry.
        ['push', null],
        ['build', true],
      ]);
    });

    it('the same docker pull succeeds, with no docker login, no reload and no restart', async () => {
      const pulled = await docker('pull', image);
      expect(pulled.stderr).toBe('');
      expect(pulled.status).toBe(0);
      expect(pulled.stdout).toContain(registry.images['team/hello:1.0'].digest);
      expect(engine.pid).toBe(enginePid);
    });
  });

  describe('browse and pull', () => {
    it('lists every repository and what is behind the tags', async () => {
      const listed = await terminal.regent(['ls', registry.address, '--json']);
      expect(documentOf(listed).repositories).toEqual(
        expect.arrayContaining(['team/hello', 'team/multi', 'team/big', 'tools/ci/deep/base']),
      );
      const tags = await terminal.regent(['tags', `${registry.address}/team/multi`, '--json']);
      expect(documentOf(tags).tags).toEqual([
        expect.objectContaining({
          name: '1.0',
          digest: registry.images['team/multi:1.0'].digest,
          platforms: ['linux/amd64', 'linux/arm64'],
          size: expect.any(Number),
          created: expect.any(String),
        }),
      ]);
    });

    it('pulls through the socket, one snapshot a line, forward only, ending with the digest', async () => {
      const pulled = await terminal.regent([
        ...['pull', `${registry.address}/team/big:1.0`, '--json'],
      ]);
      expect(pulled.status).toBe(0);
      const snapshots = pulled.stdout
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as { state: string; done: number; digest: string });
      expect(snapshots.at(-1)).toMatchObject({
        state: 'done',
        digest: registry.images['team/big:1.0'].digest,
      });
      const done = snapshots.map((snapshot) => snapshot.done);
      expect(done).toEqual([...done].sort((a, b) => a - b));
      const images = await terminal.regent(['images', '--json']);
      expect(images.stdout).toContain(`${registry.address}/team/big:1.0`);
    });
  });

  describe('undo', () => {
    it('untrust puts /etc/docker back byte for byte, and docker refuses again', async () => {
      const reverted = await terminal.regent(['untrust', registry.address, '--json']);
      expect(reverted.status).toBe(0);
      expect(snapshotTree('/etc/docker')).toEqual(etcDocker);
      const pulled = await docker('pull', image);
      expect(pulled.status).not.toBe(0);
      expect(pulled.stderr).toContain('x509: certificate signed by unknown authority');
    });

    it('logout and helper uninstall leave no account, no route and no file', async () => {
      expect((await terminal.regent(['logout', registry.address])).status).toBe(0);
      expect((await terminal.regent(['helper', 'uninstall'])).status).toBe(0);
      const status = await terminal.regent(['helper', 'status', '--json']);
      expect(documentOf(status)).toMatchObject({ installed: false, routes: [] });
      expect(snapshotTree(`${terminal.env.HOME}/.docker`)).toEqual(['absent']);
      expect(snapshotTree(`${terminal.env.HOME}/bin`)).toHaveLength(1);
    });
  });
});
