import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { documentOf, keychainOf, openTerminal, type Terminal } from '../../../e2e/terminal.ts';
import {
  asUser,
  createUser,
  describeWithLab,
  type LabKeychain,
  type LabUser,
  putCertificate,
  run,
  runOrThrow,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  snapshotTree,
} from '../../../lab/index.ts';

describeWithLab(
  'a person whose DOCKER_CONFIG names another folder, with the real docker CLI',
  ['engine', 'registry', 'keychain', 'busybox'],
  () => {
    let registry: SharedRegistry;
    let user: LabUser;
    let keychain: LabKeychain;
    let terminal: Terminal;
    let image = '';
    const home = () => terminal.env.HOME ?? '';
    const other = () => join(home(), 'settings', 'of docker');
    const config = () => join(other(), 'config.json');
    const read = () => JSON.parse(readFileSync(config(), 'utf8'));
    /** The usual file with a plain login for the same registry, which must be found by nobody. */
    const usual = () => join(home(), '.docker', 'config.json');
    const usualState = () => {
      const { ino, mtimeMs } = statSync(usual());
      return { ino, mtimeMs, tree: snapshotTree(join(usual(), '..')) };
    };
    /** Runs something as that person, in whose home a relative folder begins. */
    const program = (argv: readonly string[], DOCKER_CONFIG: string, input = '') =>
      run(asUser(user, argv), { env: { ...terminal.env, DOCKER_CONFIG }, cwd: home(), input });
    const docker = (args: readonly string[], folder = other(), input = '') =>
      program(['docker', ...args], folder, input);
    const regent = (args: readonly string[], folder = other()) =>
      terminal.regent(args, '', { DOCKER_CONFIG: folder });
    const pull = async (folder = other()) => {
      await docker(['rmi', '--force', image], folder);
      return docker(['pull', image], folder);
    };
    const plain = () => Buffer.from(`${registry.username}:${registry.password}`).toString('base64');

    beforeAll(async () => {
      await sharedEngine();
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:1.0`;
      user = await createUser();
      keychain = await keychainOf(user);
      terminal = await openTerminal(user, keychain);
      putCertificate('/etc/docker/certs.d', registry);
      // As root's own podman leaves it: nobody else may look for their logins in there.
      mkdirSync('/run/containers', { recursive: true });
      chmodSync('/run/containers', 0o700);
    });
    beforeEach(async () => {
      // Of the podman of tests before this one.
      rmSync(join(user.runtimeFolder, 'containers'), { recursive: true, force: true });
      for (const path of [usual(), config()]) {
        rmSync(join(path, '..'), { recursive: true, force: true });
        mkdirSync(join(path, '..'), { recursive: true });
      }
      const auth = Buffer.from('nobody:wrong').toString('base64');
      writeFileSync(usual(), `{"auths": {"${registry.address}": {"auth": "${auth}"}}}\n`);
      writeFileSync(
        config(),
        '{\n  "auths": {"elsewhere.test": {}},\n  "detachKeys": "ctrl-x"\n}\n',
      );
      await runOrThrow(['chown', '-R', `${user.uid}:${user.gid}`, home()]);
    });
    afterAll(async () => {
      rmSync(`/etc/docker/certs.d/${registry.address}`, { recursive: true, force: true });
      await keychain.stop();
    });

    it.each([
      ['by its whole path', () => other()],
      ['from the folder they are in', () => 'settings/of docker'],
    ])('named %s: the login is found, imported and pulled with there', async (_, folderOf) => {
      const folder = folderOf();
      const untouched = usualState();
      const login = ['login', registry.address, '-u', registry.username, '--password-stdin'];
      expect(await docker(login, folder, registry.password)).toMatchObject({ status: 0 });
      expect(readFileSync(config(), 'utf8')).toContain(plain());

      const installed = await regent(['helper', 'install', '--json'], folder);
      expect(installed.status, installed.stdout).toBe(0);
      expect(documentOf(installed)).toMatchObject({ configPath: config() });
      const found = documentOf(await regent(['accounts', 'found', '--json'], folder)).found;
      expect(found).toMatchObject([
        { address: registry.address, username: registry.username, origin: { path: config() } },
      ]);
      const taken = await regent(['accounts', 'import', '--all', '--json'], folder);
      expect(documentOf(taken).imported).toMatchObject([
        { imported: true, plaintextRemoved: true, problem: null },
      ]);
      expect(read()).toEqual({
        auths: { 'elsewhere.test': {}, [registry.address]: {} },
        detachKeys: 'ctrl-x',
        credHelpers: { [registry.address]: 'regent' },
      });
      expect(await pull(folder)).toMatchObject({ status: 0, stderr: '' });
      const { reach, routes } = documentOf(await regent(['helper', 'status', '--json'], folder));
      expect(routes).toEqual([registry.address]);
      expect(reach).toContainEqual(
        expect.objectContaining({ address: registry.address, program: 'docker', finds: 'regent' }),
      );

      // It is the helper that let docker in.
      await keychain.lock();
      expect((await docker(['create', '--pull', 'always', image], folder)).stderr).toContain(
        'The keychain is locked',
      );
      await keychain.unlock();

      // The way back is known, wherever the person is by then.
      expect((await terminal.regent(['helper', 'uninstall'])).status).toBe(0);
      expect(read()).toEqual({
        auths: { 'elsewhere.test': {}, [registry.address]: {} },
        detachKeys: 'ctrl-x',
      });
      expect((await pull(folder)).stderr).toContain('no basic auth credentials');
      expect(usualState()).toEqual(untouched);
      await regent(['logout', registry.address]);
    });

    it('which is not there yet is made, and goes again', async () => {
      const folder = join(home(), 'new', 'one');
      const untouched = usualState();
      const { address, username: Username, password: Secret } = registry;
      await regent(['helper', 'install'], folder);
      const stored = JSON.stringify({ ServerURL: address, Username, Secret });
      const kept = await program(['docker-credential-regent', 'store'], folder, stored);
      expect(kept).toMatchObject({ status: 0 });
      expect((await regent(['helper', 'install'], folder)).status).toBe(0);
      expect(await pull(folder)).toMatchObject({ status: 0, stderr: '' });
      expect((await terminal.regent(['helper', 'uninstall'])).status).toBe(0);
      expect(snapshotTree(join(home(), 'new'))).toEqual(['absent']);
      expect(usualState()).toEqual(untouched);
      await regent(['logout', address]);
    });
  },
);
