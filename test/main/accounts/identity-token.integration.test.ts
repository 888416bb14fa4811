import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { keychainOf, openTerminal, type Terminal } from '../../e2e/terminal.ts';
import {
  createUser,
  describeWithLab,
  type LabKeychain,
  type LabPodman,
  type LabTokenRegistry,
  type LabUser,
  putCertificate,
  seedImages,
  sharedEngine,
  startPodman,
  startTokenRegistry,
} from '../../lab/index.ts';

describeWithLab(
  'an identity token in the keychain',
  ['engine', 'podman', 'registry', 'keychain', 'busybox'],
  () => {
    let registry: LabTokenRegistry;
    let user: LabUser;
    let keychain: LabKeychain;
    let terminal: Terminal;
    let tools: LabPodman;
    let image = '';
    const dockerFolder = () => join(terminal.env.HOME ?? '', '.docker');
    const docker = (...args: readonly string[]) => terminal.program(['docker', ...args]);
    const pull = async () => {
      await docker('rmi', '--force', image);
      return docker('pull', image);
    };
    const login = () =>
      terminal.program(
        ['docker', 'login', registry.address, '-u', registry.username, '--password-stdin'],
        registry.password,
      );
    const helper = (action: string, input = '') =>
      terminal.program(['docker-credential-regent', action], input);
    const env = (): NodeJS.ProcessEnv => ({
      ...keychain.env,
      PATH: terminal.env.PATH,
      REGENT_HOME: terminal.regentHome,
      DOCKER_CONFIG: dockerFolder(),
    });
    /** What the token server was asked by what follows. */
    const watch = () => {
      const before = registry.asked().length;
      return () => registry.asked().slice(before);
    };

    beforeAll(async () => {
      await sharedEngine();
      user = await createUser();
      keychain = await keychainOf(user);
      terminal = await openTerminal(user, keychain);
      tools = await startPodman({ user });
      registry = await startTokenRegistry({ prepare: seedImages });
      image = `${registry.address}/team/hello:1.0`;
      putCertificate('/etc/docker/certs.d', registry);
      putCertificate(tools.certsFolder, registry, user);
      // The route follows from a login, which a person would give to `regent login`.
      const { address, username, password } = registry;
      const known = { ServerURL: address, Username: username, Secret: password };
      await terminal.regent(['helper', 'install']);
      await helper('store', JSON.stringify(known));
      expect((await terminal.regent(['helper', 'install'])).status).toBe(0);
    });
    afterEach(async () => {
      registry.change({ lifetime: 300, expiresIn: 300 });
      await keychain.unlock();
    });
    afterAll(async () => {
      for (const folder of ['/etc/docker/certs.d', tools.certsFolder]) {
        rmSync(join(folder, registry.address), { recursive: true, force: true });
      }
      await tools.stop();
      await registry.stop();
      await keychain.stop();
    });

    it('is not needed: docker pulls with the password that Regent keeps', async () => {
      const asked = watch();
      expect(await pull()).toMatchObject({ status: 0, stderr: '' });
      expect(new Set(asked().map(({ way, account }) => `${way} ${account}`))).toEqual(
        new Set(['get ada']),
      );
    });

    it('comes there by docker login, and nothing secret into config.json', async () => {
      expect(await login()).toMatchObject({ status: 0, stderr: '' });
      const got = JSON.parse((await helper('get', registry.address)).stdout);
      expect(got.Username).toBe('<token>');
      expect(got.Secret).toMatch(/^[\w-]{32}$/);
      const config = readFileSync(join(dockerFolder(), 'config.json'), 'utf8');
      expect(config).not.toContain(got.Secret);
      expect(JSON.parse(config)).toMatchObject({
        auths: { [registry.address]: {} },
        credHelpers: { [registry.address]: 'regent' },
      });
    });

    it('pulls and pushes for docker, podman and skopeo, each time for a new access token', async () => {
      expect(await login()).toMatchObject({ status: 0 });
      const asked = watch();
      expect(await pull()).toMatchObject({ status: 0, stderr: '' });
      const mine = `${registry.address}/lab/by-token:1`;
      await docker('tag', image, mine);
      expect(await docker('push', mine)).toMatchObject({ status: 0, stderr: '' });
      const inspected = await tools.skopeo(['inspect', `docker://${mine}`], { env: env() });
      expect(inspected).toMatchObject({ status: 0 });
      expect(await tools.podman(['pull', mine], { env: env() })).toMatchObject({ status: 0 });
      const ways = asked().map(({ way, status, account }) => ({ way, status, account }));
      expect(new Set(ways.map(({ way }) => way))).toEqual(new Set(['refresh_token']));
      expect(ways.every(({ status, account }) => status === 200 && account === 'ada')).toBe(true);
    });

    it('outlives the access tokens that it is for', async () => {
      expect(await login()).toMatchObject({ status: 0 });
      registry.change({ lifetime: 0 });
      expect((await pull()).status).not.toBe(0);
      registry.change({ lifetime: 60 });
      expect(await pull()).toMatchObject({ status: 0, stderr: '' });
    });

    it('that was revoked is refused, until docker login brings a new one', async () => {
      expect(await login()).toMatchObject({ status: 0 });
      registry.change({ generation: 2 });
      const refused = await pull();
      expect(refused.status).not.toBe(0);
      expect(refused.stderr).toContain('the refresh token is not valid any more');
      expect(await login()).toMatchObject({ status: 0 });
      expect(await pull()).toMatchObject({ status: 0 });
    });

    it('goes with docker logout', async () => {
      expect(await login()).toMatchObject({ status: 0 });
      expect(await docker('logout', registry.address)).toMatchObject({ status: 0 });
      expect(JSON.parse((await helper('list')).stdout)).toEqual({});
      expect((await pull()).status).not.toBe(0);
    });
  },
);
