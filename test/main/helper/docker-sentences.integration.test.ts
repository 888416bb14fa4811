import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { createHelperInstall } from '../../../main/accounts/helper/helper-install.ts';
import { findPaths } from '../../../main/platform/paths.ts';
import {
  describeWithLab,
  type LabEngine,
  type LabKeychain,
  putCertificate,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startKeychain,
} from '../../lab/index.ts';
import { machineOf } from '../accounts/helper/machine-of.ts';
import { type HelperUser, helperScript, makeHelperUser, storeLine } from './run-helper.ts';

const absent = 'no basic auth credentials';
const locked = 'The keychain is locked, so the login for ADDRESS can be neither read nor changed.';
const noBus = 'The system’s keychain cannot be reached.';

describeWithLab(
  'what docker shows of the helper’s words',
  ['engine', 'registry', 'keychain', 'busybox'],
  () => {
    let engine: LabEngine;
    let registry: SharedRegistry;
    let keychain: LabKeychain;
    let user: HelperUser;
    let image = '';
    const docker = (args: readonly string[], env: NodeJS.ProcessEnv = {}, input = '') =>
      engine.docker(args, {
        env: { ...user.env, PATH: `${user.home}/.local/bin:${process.env.PATH}`, ...env },
        input,
      });
    const create = (env?: NodeJS.ProcessEnv) =>
      docker(['create', '--pull', 'always', '--name', 'sentences', image], env);
    const login = (env?: NodeJS.ProcessEnv) =>
      docker(
        ['login', registry.address, '-u', registry.username, '--password-stdin'],
        env,
        registry.password,
      );
    const storeLogin = () =>
      user.call('store', storeLine(registry.address, registry.username, registry.password));

    beforeAll(async () => {
      engine = await sharedEngine();
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:1.0`;
      keychain = await startKeychain();
      user = makeHelperUser(keychain.env);
      putCertificate('/etc/docker/certs.d', registry);
      mkdirSync(join(user.home, '.docker'));
      writeFileSync(join(user.home, '.docker', 'config.json'), '{}');
      const path = `${user.home}/.local/bin:${process.env.PATH}`;
      const installer = { home: user.home, path, isRoot: false, systemFolder: '/usr/local/bin' };
      await createHelperInstall({
        ...{ paths: findPaths({ HOME: user.home }, 'linux'), installer },
        program: { kind: 'launcher', node: process.execPath, script: helperScript },
        listAddresses: async () => [registry.address],
        findLogins: async () => [],
        machine: machineOf({ ...user.env, XDG_RUNTIME_DIR: user.home }),
      }).helperInstall();
    });
    afterEach(async () => {
      await keychain.unlock();
      await docker(['rm', '--force', 'sentences']);
      await user.call('erase', registry.address);
    });
    afterAll(async () => {
      rmSync(`/etc/docker/certs.d/${registry.address}`, { recursive: true, force: true });
      await keychain.stop();
    });

    it('goes on as nobody when there is no account, locked or not', async () => {
      expect((await create()).stderr).toContain(absent);
      await keychain.lock();
      const { stderr } = await create();
      expect(stderr).toContain(absent);
      expect(stderr).not.toContain('keychain');
    });

    it('says that the keychain is locked when there is an account', async () => {
      await storeLogin();
      await keychain.lock();
      const sentence = locked.replace('ADDRESS', registry.address);
      const { status, stderr } = await create();
      expect(status).not.toBe(0);
      expect(stderr).toContain(
        `error getting credentials - err: exit status 1, out: \`${sentence}`,
      );
      expect(stderr).not.toContain(absent);
      const stored = await login();
      expect(stored.status).not.toBe(0);
      expect(stored.stderr).toContain(
        'storing credentials - err: exit status 1, out: `The keychain is locked',
      );
      await keychain.unlock();
      expect(await create()).toMatchObject({ status: 0 });
    });

    it('says what is missing without a session bus, and what to install', async () => {
      await storeLogin();
      const { status, stderr } = await create({ DBUS_SESSION_BUS_ADDRESS: '' });
      expect(status).not.toBe(0);
      expect(stderr).toContain(`out: \`${noBus}`);
      expect(stderr).toContain('gnome-keyring or KWallet');
      expect((await login({ DBUS_SESSION_BUS_ADDRESS: '' })).stderr).toContain(`out: \`${noBus}`);
    });

    it('says it in the user’s language', async () => {
      await storeLogin();
      await keychain.lock();
      expect((await create({ LANG: 'pl_PL.UTF-8' })).stderr).toMatch(/out: `[^`]*klucz/);
      expect((await create({ LANG: 'ko_KR.UTF-8' })).stderr).toMatch(/out: `[^`]*키체인/);
    });
  },
);
