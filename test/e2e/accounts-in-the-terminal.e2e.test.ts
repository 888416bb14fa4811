import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  allowSudo,
  describeWithLab,
  type LabKeychain,
  type LabRegistry,
  runOrThrow,
  seedImages,
  sharedEngine,
  startRegistry,
} from '../lab/index.ts';
import { filesWithSecret, type SecretLogin, watchProcesses } from './secrets.ts';
import { documentOf, keychainOf, openTerminal, type Terminal } from './terminal.ts';
import { giveTwoUsers, type TwoUsers } from './two-users.ts';

describeWithLab(
  'accounts in the terminal',
  ['engine', 'registry', 'keychain', 'podman', 'sudo', 'busybox'],
  () => {
    let registry: LabRegistry;
    let users: TwoUsers;
    let keychain: LabKeychain;
    let terminal: Terminal;
    let home: string;
    let watched: ReturnType<typeof watchProcesses>;
    const config = () => join(home, '.docker', 'config.json');
    const readConfig = () => JSON.parse(readFileSync(config(), 'utf8')) as Record<string, unknown>;
    const regent = (...args: readonly string[]) => terminal.regent(args);
    const signIn = (program: 'docker' | 'regent', { username, password }: SecretLogin) => {
      const argv = ['login', registry.address, '-u', username, '--password-stdin'];
      return program === 'regent'
        ? terminal.regent(argv, password)
        : terminal.program(['docker', ...argv], password);
    };
    const pull = () =>
      terminal.program(['docker', 'pull', '-q', `${registry.address}/team/hello:1.0`]);
    const accounts = async () => {
      const list = documentOf(await regent('accounts', '--json')).accounts;
      return list as { username: string; inUse: boolean; refusedAt: string | null }[];
    };
    const inUse = async () =>
      (await accounts()).filter((one) => one.inUse).map(({ username }) => username);

    beforeAll(async () => {
      await sharedEngine();
      registry = await startRegistry('tls-login');
      await seedImages(registry);
      users = giveTwoUsers(registry);
      await users.allow(users.ada, users.bob);
      const user = await allowSudo();
      keychain = await keychainOf(user);
      terminal = await openTerminal(user, keychain);
      home = terminal.env.HOME ?? '';
      const ca = join(home, 'ca.crt');
      writeFileSync(ca, registry.caPem);
      const consumers = ['--consumer', 'docker-engine', '--consumer', 'podman'];
      const trusted = await regent('trust', registry.address, '--ca', ca, ...consumers, '--json');
      expect(trusted.status, trusted.stderr + trusted.stdout).toBe(0);
      // With an entry in it, docker chooses no helper by itself: its logins stand there in plain text.
      mkdirSync(join(home, '.docker'), { mode: 0o700 });
      writeFileSync(config(), '{"auths":{"elsewhere.test":{}}}\n', { mode: 0o600 });
      await runOrThrow(['chown', '-R', `${user.uid}:${user.gid}`, join(home, '.docker')]);
      watched = watchProcesses(users.ada, users.bob);
    });
    afterAll(async () => {
      await regent('untrust', '--all');
      await keychain?.stop();
      await registry?.stop();
    });

    describe('a login that docker keeps in plain text', () => {
      it('is found, with what is unsafe about it', async () => {
        const signedIn = await signIn('docker', users.ada);
        expect(signedIn.status, signedIn.stderr).toBe(0);
        expect(filesWithSecret(users.ada, [home])).toEqual([config()]);
        const found = await regent('accounts', 'found', '--json');
        expect(documentOf(found).found).toEqual([
          expect.objectContaining({
            address: registry.address,
            username: users.ada.username,
            origin: { kind: 'docker-config', path: config() },
            risks: ['plaintext'],
            isKnown: false,
            problem: null,
          }),
        ]);
      });

      it('is taken over: docker pulls as before, and the plain text is gone', async () => {
        expect((await regent('helper', 'install')).status).toBe(0);
        const dry = await regent('accounts', 'import', '--all', '--dry-run');
        expect(dry.stdout).toContain(config());
        expect(filesWithSecret(users.ada, [home])).toEqual([config()]);
        const taken = await regent('accounts', 'import', registry.address, '--json');
        expect(taken.status, taken.stdout).toBe(0);
        expect(documentOf(taken).imported).toMatchObject([
          { address: registry.address, imported: true, plaintextRemoved: true, problem: null },
        ]);
        expect(filesWithSecret(users.ada, [home])).toEqual([]);
        expect(readConfig()).toMatchObject({
          auths: { 'elsewhere.test': {} },
          credHelpers: { [registry.address]: 'regent' },
        });
        expect((await pull()).stderr).toBe('');
        expect(await inUse()).toEqual([users.ada.username]);
      });
    });

    describe('two accounts for one registry', () => {
      it('are kept beside each other; the last one is in use', async () => {
        const signedIn = await signIn('regent', users.bob);
        expect(signedIn.status, signedIn.stderr).toBe(0);
        expect((await accounts()).map(({ username }) => username).sort()).toEqual(['ada', 'bob']);
        expect(await inUse()).toEqual(['bob']);
      });

      it('docker pulls as the one that was chosen', async () => {
        await users.allow(users.bob);
        expect((await pull()).stderr).toBe('');
        const used = await regent('accounts', 'use', registry.address, 'ada', '--json');
        expect(documentOf(used)).toMatchObject({ username: 'ada', inUse: true });
        expect((await pull()).stderr).toContain('unauthorized');
        await users.allow(users.ada);
        expect((await pull()).stderr).toBe('');
      });

      it('the one that the registry refuses by now is noticed, with the next step', async () => {
        const checked = await regent('accounts', '--check', '--json');
        expect(checked.status).toBe(4);
        const answers = documentOf(checked).accounts as { username: string; answer: string }[];
        expect(Object.fromEntries(answers.map((one) => [one.username, one.answer]))).toEqual({
          ada: 'worked',
          bob: 'refused',
        });
        const listed = await regent('accounts');
        expect(listed.stdout).toMatch(/✓ ada +keychain +worked on /);
        expect(listed.stdout).toMatch(/– bob +keychain +refused on /);
        expect(listed.stdout).toContain(`regent login ${registry.address} -u bob`);
        await users.allow(users.ada, users.bob);
      });

      it('docker logout forgets the one in use, and nobody becomes somebody else unasked', async () => {
        const left = await terminal.program(['docker', 'logout', registry.address]);
        expect(left.status).toBe(0);
        expect((await accounts()).map((one) => [one.username, one.inUse])).toEqual([
          ['bob', false],
        ]);
        expect((await pull()).stderr).toContain('no basic auth credentials');
        await regent('accounts', 'use', registry.address, 'bob');
        expect((await pull()).stderr).toBe('');
      });
    });

    describe('a login for what can’t ask a helper', () => {
      const exported = (format: string) =>
        regent('accounts', 'export', registry.address, '--format', format);

      it('is a file that podman’s kin sign in with', async () => {
        const printed = await exported('dockerconfigjson');
        expect(printed.stderr).toContain('holds the password of bob in readable form');
        const file = join(home, 'exported.json');
        await terminal.program(['tee', file], printed.stdout);
        const image = `docker://${registry.address}/team/hello:1.0`;
        const inspect = (...more: readonly string[]) =>
          terminal.program(['skopeo', 'inspect', '--raw', ...more, image]);
        expect((await inspect('--authfile', file)).stderr).toBe('');
        const wrong = JSON.parse(printed.stdout) as { auths: Record<string, object> };
        wrong.auths[registry.address] = { auth: Buffer.from('bob:wrong').toString('base64') };
        await terminal.program(['tee', file], JSON.stringify(wrong));
        expect((await inspect('--authfile', file)).stderr).toContain('unauthorized');
        await terminal.program(['rm', file]);
      });

      it('or a Kubernetes secret of the same content', async () => {
        const secret = (await exported('k8s-secret')).stdout;
        expect(secret).toContain('kind: Secret');
        const data = /\.dockerconfigjson: (\S+)/.exec(secret)?.[1] ?? '';
        const document = Buffer.from(data, 'base64').toString();
        expect(JSON.parse(document)).toMatchObject({
          auths: { [registry.address]: { username: 'bob', password: users.bob.password } },
        });
      });
    });

    describe('a helper that is named and gone', () => {
      it('breaks docker, which status explains', async () => {
        const broken = { ...readConfig(), credHelpers: { [registry.address]: 'gone' } };
        await terminal.program(['tee', config()], JSON.stringify(broken));
        expect((await pull()).status).not.toBe(0);
        const status = documentOf(await regent('helper', 'status', '--json'));
        expect(status).toMatchObject({
          problems: [{ code: 'HELPER_GONE' }],
          repairs: [{ kind: 'change-route', key: registry.address, from: 'gone', to: 'regent' }],
        });
      });

      it('is mended when asked, and not before', async () => {
        const before = readConfig();
        const dry = await regent('helper', 'repair', '--dry-run');
        expect(dry.stdout).toContain('docker-credential-gone');
        expect(readConfig()).toEqual(before);
        const repaired = await regent('helper', 'repair');
        expect(repaired.status, repaired.stdout).toBe(0);
        expect((await pull()).stderr).toBe('');
        const { reach } = documentOf(await regent('helper', 'status', '--json'));
        expect(reach).toContainEqual(
          expect.objectContaining({
            address: registry.address,
            program: 'docker',
            finds: 'regent',
          }),
        );
      });
    });

    it('no password stood in an argument, an environment or a file', async () => {
      expect(watched.stop()).toEqual([]);
      // It would have been seen there.
      const shown = spawn('sh', ['-c', 'read -r line', users.bob.password]);
      expect(watchProcesses(users.ada, users.bob).stop()).toHaveLength(1);
      shown.kill();
      for (const login of [users.ada, users.bob]) {
        expect(filesWithSecret(login, [home])).toEqual([]);
      }
    });
  },
);
