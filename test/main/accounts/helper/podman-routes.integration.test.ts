import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { documentOf, keychainOf, openTerminal, type Terminal } from '../../../e2e/terminal.ts';
import {
  createUser,
  describeWithLab,
  type LabKeychain,
  type LabPodman,
  type LabUser,
  putCertificate,
  type RunOptions,
  run,
  type SharedRegistry,
  sharedRegistry,
  startPodman,
} from '../../../lab/index.ts';

describeWithLab(
  'podman’s own sign-in with Regent’s helper',
  ['podman', 'registry', 'keychain', 'busybox'],
  () => {
    let registry: SharedRegistry;
    let user: LabUser;
    let keychain: LabKeychain;
    let terminal: Terminal;
    let tools: LabPodman;
    let image = '';
    const env = (): NodeJS.ProcessEnv => ({
      ...keychain.env,
      PATH: terminal.env.PATH,
      REGENT_HOME: terminal.regentHome,
      LANG: 'C.UTF-8',
    });
    const podman = (args: readonly string[], options: RunOptions = {}) =>
      tools.podman(args, { ...options, env: { ...env(), ...options.env } });
    const inspect = (more: NodeJS.ProcessEnv = {}) =>
      tools.skopeo(['inspect', `docker://${image}`], { env: { ...env(), ...more } });
    const helper = (action: string, input = '') =>
      terminal.program(['docker-credential-regent', action], input);
    const login = (more: NodeJS.ProcessEnv = {}) =>
      podman(['login', registry.address, '-u', registry.username, '--password-stdin'], {
        input: registry.password,
        env: more,
      });
    const store = () =>
      helper(
        'store',
        JSON.stringify({
          ServerURL: registry.address,
          Username: registry.username,
          Secret: registry.password,
        }),
      );
    const regent = (...args: readonly string[]) =>
      terminal.regent([...args], '', { HOME: user.home });
    const listed = async () => JSON.parse((await helper('list')).stdout) as object;
    const dockerFolder = () => join(user.home, '.docker');
    /** Where podman of this user writes its logins: in memory, until the session ends. */
    const loginFile = () => join(user.runtimeFolder, 'containers/auth.json');
    const text = (path: string) => readFileSync(path, 'utf8');
    const plain = () => Buffer.from(`${registry.username}:${registry.password}`).toString('base64');
    const write = async (path: string, content: string) => {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, content);
      await run(['chown', '-R', `${user.uid}:${user.gid}`, dirname(path)]);
    };

    beforeAll(async () => {
      user = await createUser();
      keychain = await keychainOf(user);
      terminal = await openTerminal(user, keychain);
      tools = await startPodman({ user });
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:1.0`;
      putCertificate(tools.certsFolder, registry, user);
      expect(await regent('helper', 'install')).toMatchObject({ status: 0, stderr: '' });
      await store();
    });
    afterEach(async () => {
      await regent('helper', 'uninstall');
      rmSync(dirname(loginFile()), { recursive: true, force: true });
      rmSync(dockerFolder(), { recursive: true, force: true });
      await regent('helper', 'install');
      await store();
      await regent('helper', 'uninstall');
    });
    afterAll(async () => {
      rmSync(tools.certsFolder, { recursive: true, force: true });
      await tools.stop();
      await keychain.stop();
    });

    it('goes to the keychain after `helper install`, and so does its sign-out', async () => {
      expect((await regent('helper', 'install')).status).toBe(0);
      expect(JSON.parse(text(loginFile()))).toEqual({
        credHelpers: { [registry.address]: 'regent' },
      });
      await helper('erase', registry.address);
      expect(await login()).toMatchObject({ status: 0 });
      expect(await listed()).toEqual({ [registry.address]: registry.username });
      expect(text(loginFile())).not.toContain(plain());
      expect(await inspect()).toMatchObject({ status: 0 });
      expect(await podman(['pull', image])).toMatchObject({ status: 0 });
      expect(await podman(['logout', registry.address])).toMatchObject({ status: 0 });
      expect(await listed()).toEqual({});
      expect((await inspect()).status).not.toBe(0);
    });

    it('leaves plain text where only docker’s file has the route, which is told and mended', async () => {
      await regent('helper', 'install');
      // As after a restart of the machine: what was in memory is gone.
      rmSync(dirname(loginFile()), { recursive: true });
      expect(await inspect()).toMatchObject({ status: 0 });
      expect(await login()).toMatchObject({ status: 0 });
      const before = text(loginFile());
      expect(before).toContain(plain());
      const told = documentOf(await regent('helper', 'status', '--json'));
      expect(told.problems).toMatchObject([{ code: 'PODMAN_PLAINTEXT' }]);
      expect(told.reach).toContainEqual({
        ...{ address: registry.address, program: 'podman', finds: 'plaintext', helper: null },
      });
      const mended = documentOf(await regent('helper', 'repair', '--json'));
      expect(mended).toMatchObject({ repairs: [] });
      expect(JSON.parse(text(loginFile())).credHelpers).toEqual({ [registry.address]: 'regent' });
      expect(await inspect()).toMatchObject({ status: 0 });
      await regent('helper', 'uninstall');
      expect(text(loginFile())).toBe(before);
    });

    it('finds docker’s file alone with DOCKER_CONFIG, and takes it for its own', async () => {
      await regent('helper', 'install');
      rmSync(dirname(loginFile()), { recursive: true });
      await helper('erase', registry.address);
      const own = { DOCKER_CONFIG: dockerFolder() };
      expect(await login(own)).toMatchObject({ status: 0 });
      expect(await listed()).toEqual({ [registry.address]: registry.username });
      expect(existsSync(loginFile())).toBe(false);
      expect(text(join(dockerFolder(), 'config.json'))).not.toContain(plain());
    });

    it('finds the login of Docker Hub, which it calls by another name', async () => {
      const hub = { ServerURL: 'https://index.docker.io/v1/', Username: 'ada', Secret: 's' };
      await regent('helper', 'install');
      await helper('store', JSON.stringify(hub));
      await regent('helper', 'install');
      for (const inMemory of [true, false]) {
        if (!inMemory) rmSync(dirname(loginFile()), { recursive: true });
        const found = await podman(['login', '--get-login', 'docker.io']);
        expect(found).toMatchObject({ status: 0, stdout: 'ada\n' });
      }
      await helper('erase', hub.ServerURL);
    });

    it('has its file back byte for byte once the helper is uninstalled', async () => {
      const before = '{\n  "auths": {\n    "other.test": {"auth": "YTpi"}\n  }\n}\n';
      await write(loginFile(), before);
      await regent('helper', 'install');
      expect(text(loginFile())).not.toBe(before);
      expect(await inspect()).toMatchObject({ status: 0 });
      await regent('helper', 'uninstall');
      expect(text(loginFile())).toBe(before);
    });

    it('is left alone in a file that is damaged, which is told', async () => {
      await write(loginFile(), '{');
      const { problems, routes } = documentOf(await regent('helper', 'install', '--json'));
      expect(routes).toEqual([registry.address]);
      expect(problems).toMatchObject([{ code: 'AUTH_FILE_INVALID' }]);
      expect(text(loginFile())).toBe('{');
    });
  },
);
