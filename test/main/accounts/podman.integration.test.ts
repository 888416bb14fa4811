import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
  type RunOptions,
  run,
  type SharedRegistry,
  seedImages,
  sharedRegistry,
  startPodman,
  startTokenRegistry,
} from '../../lab/index.ts';

const kinds = ['a registry with passwords', 'a registry with tokens'] as const;

for (const kind of kinds) {
  describeWithLab(
    `podman and skopeo with Regent’s helper, and ${kind}`,
    ['podman', 'registry', 'keychain', 'busybox'],
    () => {
      let registry: SharedRegistry | LabTokenRegistry;
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
      const login = () => ({
        ServerURL: registry.address,
        Username: registry.username,
        Secret: registry.password,
      });
      const installHelper = async () => {
        const { status } = await terminal.regent(['helper', 'install'], '', { HOME: user.home });
        expect(status).toBe(0);
      };
      const dockerFolder = () => join(user.home, '.docker');
      const authFile = () => join(user.home, '.config/containers/auth.json');
      const write = async (path: string, content: object) => {
        mkdirSync(join(path, '..'), { recursive: true });
        writeFileSync(path, JSON.stringify(content));
        await run(['chown', '-R', `${user.uid}:${user.gid}`, join(path, '..')]);
      };

      beforeAll(async () => {
        user = await createUser();
        keychain = await keychainOf(user);
        terminal = await openTerminal(user, keychain);
        tools = await startPodman({ user });
        registry =
          kind === 'a registry with tokens'
            ? await startTokenRegistry({ prepare: seedImages })
            : await sharedRegistry('tls-login');
        image = `${registry.address}/team/hello:1.0`;
        putCertificate(tools.certsFolder, registry, user);
        await installHelper();
      });
      afterEach(async () => {
        await keychain.unlock();
        await helper('erase', registry.address);
        rmSync(authFile(), { force: true });
        rmSync(dockerFolder(), { recursive: true, force: true });
        await podman(['rmi', '--all', '--force']);
      });
      afterAll(async () => {
        rmSync(tools.certsFolder, { recursive: true, force: true });
        await tools.stop();
        await keychain.stop();
        if ('change' in registry) await registry.stop();
      });

      it('pull and inspect by the routes of Docker’s config.json', async () => {
        expect((await inspect()).status).not.toBe(0);
        await helper('store', JSON.stringify(login()));
        await installHelper();
        const config = JSON.parse(readFileSync(join(dockerFolder(), 'config.json'), 'utf8'));
        expect(config.credHelpers).toEqual({ [registry.address]: 'regent' });

        expect(await inspect()).toMatchObject({ status: 0 });
        expect(await podman(['pull', image])).toMatchObject({ status: 0 });
        expect(await inspect({ DOCKER_CONFIG: dockerFolder() })).toMatchObject({ status: 0 });
        const mine = `${registry.address}/lab/by-podman-with-helper:1`;
        await podman(['tag', image, mine]);
        expect(await podman(['push', mine])).toMatchObject({ status: 0 });
        await helper('erase', registry.address);
        expect((await inspect()).status).not.toBe(0);
      });

      it('pull and inspect by podman’s own auth.json', async () => {
        await write(authFile(), { credHelpers: { [registry.address]: 'regent' } });
        expect((await inspect()).status).not.toBe(0);
        await helper('store', JSON.stringify(login()));
        expect(await inspect()).toMatchObject({ status: 0 });
        expect(await podman(['pull', image])).toMatchObject({ status: 0 });
      });

      it('sign in and out into the keychain, where podman’s auth file names the helper', async () => {
        await write(authFile(), { credHelpers: { [registry.address]: 'regent' } });
        const own = { REGISTRY_AUTH_FILE: authFile() };
        const args = ['login', registry.address, '-u', registry.username, '--password-stdin'];
        const signedIn = await podman(args, { env: own, input: registry.password });
        expect(signedIn).toMatchObject({ status: 0 });
        expect(JSON.parse((await helper('list')).stdout)).toEqual({
          [registry.address]: registry.username,
        });
        const plain = Buffer.from(`${registry.username}:${registry.password}`).toString('base64');
        const runtime = join(user.runtimeFolder, 'containers/auth.json');
        for (const path of [authFile(), runtime].filter((one) => existsSync(one))) {
          expect(readFileSync(path, 'utf8')).not.toContain(plain);
        }
        expect(await inspect(own)).toMatchObject({ status: 0 });
        expect(await podman(['pull', image], { env: own })).toMatchObject({ status: 0 });
        expect(await podman(['logout', registry.address], { env: own })).toMatchObject({
          status: 0,
        });
        expect((await helper('list')).stdout).toBe('{}\n');
        expect((await inspect(own)).status).not.toBe(0);
      });

      it('show the helper’s sentence when the keychain is locked, and not "unauthorized"', async () => {
        await helper('store', JSON.stringify(login()));
        await installHelper();
        await keychain.lock();
        for (const { status, stderr } of [await inspect(), await podman(['pull', image])]) {
          expect(status).not.toBe(0);
          expect(stderr).toContain('The keychain is locked');
          expect(stderr).toContain('Unlock the keychain and try again.');
        }
      });
    },
  );
}
