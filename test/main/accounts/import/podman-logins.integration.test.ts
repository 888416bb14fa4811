import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabEngine,
  type LabKeychain,
  type LabPodman,
  putCertificate,
  run,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startKeychain,
  startPodman,
} from '../../../lab/index.ts';
import { type ImportLab, makeImportLab } from './import-lab.ts';
import { never, pair } from './import-world.ts';

describeWithLab(
  'a login that podman wrote down in plain text',
  ['engine', 'podman', 'registry', 'keychain', 'busybox'],
  () => {
    const auth = '/run/containers/0/auth.json';
    let engine: LabEngine;
    let registry: SharedRegistry;
    let keychain: LabKeychain;
    let tools: LabPodman;
    let lab: ImportLab;
    let image = '';
    const env = (more: NodeJS.ProcessEnv = {}) => ({
      env: { ...lab.env, XDG_RUNTIME_DIR: undefined, DOCKER_CONFIG: undefined, ...more },
    });
    const accounts = () => lab.regent.handlers.accounts;
    const inspect = (more: NodeJS.ProcessEnv = {}) =>
      tools.skopeo(['inspect', `docker://${image}`], env(more));
    const login = (more: readonly string[] = []) =>
      tools.podman(
        ['login', ...more, registry.address, '-u', registry.username, '--password-stdin'],
        { ...env(), input: registry.password },
      );

    const storeWithHelper = async (Username: string, Secret: string) => {
      const input = JSON.stringify({ ServerURL: registry.address, Username, Secret });
      const stored = await run(['docker-credential-regent', 'store'], { ...env(), input });
      expect(stored).toMatchObject({ status: 0 });
    };

    beforeAll(async () => {
      engine = await sharedEngine();
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:1.0`;
      keychain = await startKeychain();
      process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
      tools = await startPodman();
      putCertificate(tools.certsFolder, registry);
    });
    beforeEach(async () => {
      rmSync(auth, { force: true });
      lab = await makeImportLab(engine, keychain);
      await accounts().helperInstall({}, { signal: never });
    });
    afterEach(async () => {
      await accounts().helperUninstall(undefined, { signal: never });
      await accounts().logout({ address: registry.address }, { signal: never });
      await lab.regent.dispose();
    });
    afterAll(async () => {
      rmSync(auth, { force: true });
      rmSync(join(tools.certsFolder, registry.address), { recursive: true, force: true });
      delete process.env.DBUS_SESSION_BUS_ADDRESS;
      await tools.stop();
      await keychain.stop();
    });

    it('moves into the keychain, where podman and skopeo find it', async () => {
      expect(await login()).toMatchObject({ status: 0 });
      const { address, username, password } = registry;
      const plain = pair(username, password);
      expect(readFileSync(auth, 'utf8')).toContain(plain);
      expect(await accounts().found(undefined, { signal: never })).toMatchObject([
        { address, username, origin: { kind: 'podman-auth', path: auth }, problem: null },
      ]);
      expect(await lab.importAll()).toMatchObject([
        { imported: true, plaintextRemoved: true, problem: null },
      ]);
      expect(JSON.parse(readFileSync(auth, 'utf8')).auths).toEqual({});
      expect(`${lab.homeText()}${readFileSync(auth, 'utf8')}`).not.toContain(plain);
      expect(await inspect()).toMatchObject({ status: 0 });
      expect(await tools.podman(['pull', image], env())).toMatchObject({ status: 0 });
    });

    it('moves out of the one file that REGISTRY_AUTH_FILE names, too', async () => {
      const own = join(lab.home, 'own.json');
      expect(await login(['--authfile', own])).toMatchObject({ status: 0 });
      await lab.regent.dispose();
      const { home } = lab;
      lab = await makeImportLab(engine, keychain, { home, more: { REGISTRY_AUTH_FILE: own } });
      expect(await lab.importAll()).toMatchObject([
        { imported: true, plaintextRemoved: true, problem: null },
      ]);
      expect(JSON.parse(readFileSync(own, 'utf8'))).toEqual({
        auths: {},
        credHelpers: { [registry.address]: 'regent' },
      });
      expect(await inspect({ REGISTRY_AUTH_FILE: own })).toMatchObject({ status: 0 });
    });

    it('for a part of a registry stays where another account is in use for the rest', async () => {
      const { address, username, password } = registry;
      const auths = { [`${address}/team`]: { auth: pair(username, password) } };
      mkdirSync(dirname(auth), { recursive: true });
      writeFileSync(auth, JSON.stringify({ auths }));
      expect(await inspect()).toMatchObject({ status: 0 });
      await storeWithHelper('somebody', 'else');
      expect(await lab.importAll()).toMatchObject([
        { imported: true, plaintextRemoved: false, problem: { code: 'LOGIN_NAMESPACED' } },
      ]);
      expect(await inspect()).toMatchObject({ status: 0 });
      await accounts().use({ address, username }, { signal: never });
      expect(await lab.importAll()).toMatchObject([{ plaintextRemoved: true, problem: null }]);
      expect(await inspect()).toMatchObject({ status: 0 });
    });

    it('is read by skopeo and podman from what is exported', async () => {
      expect(await login()).toMatchObject({ status: 0 });
      await lab.importAll();
      const { address } = registry;
      await accounts().export({ address, format: 'dockerconfigjson' }, { signal: never });
      const path = join(lab.home, 'exported.json');
      writeFileSync(path, lab.exported.join(''));
      await accounts().logout({ address }, { signal: never });
      const inspected = await tools.skopeo(
        ['inspect', '--authfile', path, `docker://${image}`],
        env(),
      );
      expect(inspected).toMatchObject({ status: 0 });
      await tools.podman(['rmi', '--force', image], env());
      expect(await tools.podman(['pull', '--authfile', path, image], env())).toMatchObject({
        status: 0,
      });
    });
  },
);
