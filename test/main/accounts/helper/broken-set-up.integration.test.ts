import { chmodSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createAccounts } from '../../../../main/accounts/accounts.ts';
import { findHelperProgram } from '../../../../main/accounts/helper/find-helper-program.ts';
import {
  createHelperInstall,
  type HelperInstall,
} from '../../../../main/accounts/helper/helper-install.ts';
import { createLoginImport } from '../../../../main/accounts/import/create-login-import.ts';
import { openKeychain } from '../../../../main/accounts/secrets/keychain.ts';
import { systemClock } from '../../../../main/platform/clock.ts';
import { findPaths } from '../../../../main/platform/paths.ts';
import {
  describeWithLab,
  type LabEngine,
  type LabKeychain,
  putCertificate,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startKeychain,
} from '../../../lab/index.ts';
import { type HelperUser, helperScript, makeHelperUser } from '../../helper/run-helper.ts';
import { machineOf } from './machine-of.ts';

describeWithLab(
  'Docker settings that are broken, with the real docker CLI',
  ['engine', 'registry', 'keychain', 'busybox'],
  () => {
    let engine: LabEngine;
    let registry: SharedRegistry;
    let keychain: LabKeychain;
    let user: HelperUser;
    let install: HelperInstall;
    let image = '';
    let path = '';
    const configPath = () => join(user.home, '.docker', 'config.json');
    const docker = (args: readonly string[], input = '') =>
      engine.docker(args, { env: { ...user.env, PATH: path }, input });
    const create = () => docker(['create', '--pull', 'always', image]);
    const logIn = () =>
      docker(
        ['login', registry.address, '-u', registry.username, '--password-stdin'],
        registry.password,
      );
    const text = () => readFileSync(configPath(), 'utf8');
    const write = (content: string) => writeFileSync(configPath(), content);
    const broken = () => `{
  "credsStore": "desktop",
  "auths": {"elsewhere.test": {}},
  "credHelpers": {
    "${registry.address}": "gone",
    "other.test": "gone"
  }
}
`;

    beforeAll(async () => {
      engine = await sharedEngine();
      registry = await sharedRegistry('tls-login');
      image = `${registry.address}/team/hello:1.0`;
      putCertificate('/etc/docker/certs.d', registry);
      keychain = await startKeychain();
      process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
      user = makeHelperUser(keychain.env);
      path = `${user.home}/.local/bin:${process.env.PATH}`;
      const paths = findPaths({ HOME: user.home }, 'linux');
      const accounts = createAccounts({ paths, clock: systemClock, keychain: openKeychain() });
      const machine = machineOf({ ...user.env, PATH: path, XDG_RUNTIME_DIR: user.home });
      const imports = createLoginImport({ ...machine, paths, accounts, route: async () => null });
      install = createHelperInstall({
        ...{ paths, machine },
        installer: { home: user.home, path, isRoot: false, systemFolder: '/usr/local/bin' },
        program: await findHelperProgram(dirname(helperScript), process.execPath, 'linux'),
        listAddresses: async () => (await accounts.list()).map(({ address }) => address),
        findLogins: (signal) => imports.find(signal),
        // However slow this machine is, docker ends within it.
        settleMs: 1500,
      });
      mkdirSync(dirname(configPath()));
    });
    beforeEach(async () => {
      await install.helperInstall([]);
      const login = { Username: registry.username, Secret: registry.password };
      const stored = { ServerURL: registry.address, ...login };
      expect((await user.call('store', JSON.stringify(stored))).status).toBe(0);
      await install.helperUninstall();
    });
    afterAll(async () => {
      rmSync(`/etc/docker/certs.d/${registry.address}`, { recursive: true, force: true });
      delete process.env.DBUS_SESSION_BUS_ADDRESS;
      await keychain.stop();
    });

    it('fail for want of a helper, work once repaired, and come back byte for byte', async () => {
      write(broken());
      expect((await create()).stderr).toContain('executable file not found');
      expect((await logIn()).stderr).toContain('executable file not found');
      expect(text()).toBe(broken());
      const found = await install.helperStatus();
      expect(found.problems.map(({ code, data }) => [code, data])).toEqual([
        [
          'HELPER_GONE',
          { helper: 'gone', path: configPath(), registries: [registry.address, 'other.test'] },
        ],
        ['HELPER_GONE', { helper: 'desktop', path: configPath(), registries: ['none'] }],
      ]);
      expect(found.reach).toContainEqual({
        ...{ address: registry.address, program: 'docker', finds: 'nothing', helper: 'gone' },
      });
      const mended = await install.helperRepair();
      expect({ problems: mended.problems, repairs: mended.repairs }).toEqual({
        problems: [],
        repairs: [],
      });
      expect(JSON.parse(text())).toEqual({
        auths: { 'elsewhere.test': {} },
        credHelpers: { [registry.address]: 'regent' },
      });
      expect(await create()).toMatchObject({ status: 0 });
      await install.helperUninstall();
      expect(text()).toBe(broken());
    });

    it('let docker sign in again once repaired', async () => {
      write(broken());
      await install.helperRepair();
      expect(await logIn()).toMatchObject({ status: 0 });
      expect(await docker(['pull', image])).toMatchObject({ status: 0 });
      // By now docker has written the file anew: what led to Regent leads where it led before, and no further.
      await install.helperUninstall();
      const { credHelpers, credsStore } = JSON.parse(text());
      expect({ credHelpers, credsStore }).toEqual({
        credHelpers: { [registry.address]: 'gone' },
        credsStore: undefined,
      });
    });

    it('are not made worse by a default that hides a login, until that login is imported', async () => {
      write('{"auths": {"plain.test": {"auth": "YWRhOnNlY3JldA=="}}}');
      await expect(install.helperInstall(undefined, true)).rejects.toMatchObject({
        code: 'HELPER_HIDES_LOGINS',
        data: { logins: ['plain.test (ada)'] },
      });
      expect(text()).toBe('{"auths": {"plain.test": {"auth": "YWRhOnNlY3JldA=="}}}');
      const stored = { ServerURL: 'plain.test', Username: 'ada', Secret: 'secret' };
      await user.call('store', JSON.stringify(stored));
      expect(await install.helperInstall([], true)).toMatchObject({
        ...{ isDefault: true, problems: [] },
      });
      expect(await docker(['pull', image])).toMatchObject({ status: 0 });
      expect(await docker(['logout', 'plain.test'])).toMatchObject({ status: 0 });
      expect((await user.call('get', 'plain.test')).stdout).toContain('not found');
      const after = await install.helperUninstall();
      expect(after.isDefault).toBe(false);
      expect(after.reach).toContainEqual({
        ...{ address: registry.address, program: 'docker', finds: 'nothing', helper: null },
      });
      expect((await docker(['pull', image])).stderr).toContain('no basic auth credentials');
    });

    it('keep the helper that docker would have chosen by itself', async () => {
      rmSync(configPath(), { force: true });
      const own = join(user.home, '.local', 'bin', 'docker-credential-secretservice');
      mkdirSync(dirname(own), { recursive: true });
      writeFileSync(own, '#!/bin/sh\necho "{}"\n');
      chmodSync(own, 0o755);
      await install.helperInstall([registry.address]);
      expect(JSON.parse(text())).toMatchObject({ credsStore: 'secretservice' });
      await install.helperUninstall();
      rmSync(own);
      expect(() => text()).toThrow();
    });

    it('lose no route, and bring no login back, while docker signs out of one registry after the other', async () => {
      const hosts = Array.from({ length: 40 }, (_, n) => `h${n}.test`);
      const auths = Object.fromEntries(hosts.map((host) => [host, { auth: 'YTpi' }]));
      write(JSON.stringify({ auths: { ...auths, 'stays.test': { auth: 'YTpi' } } }, null, '\t'));
      const keys = Array.from({ length: 5 }, (_, n) => `r${n}.test`);
      const signOut = async () => {
        for (const host of hosts) await docker(['logout', host]);
      };
      const route = async () => {
        for (const key of keys) await install.helperInstall([key]);
      };
      await Promise.all([signOut(), route()]);
      expect(Object.keys(JSON.parse(text()).auths)).toEqual(['stays.test']);
      expect(Object.keys(JSON.parse(text()).credHelpers).sort()).toEqual(keys);
      await install.helperUninstall();
      expect(JSON.parse(text())).toEqual({ auths: { 'stays.test': { auth: 'YTpi' } } });
    });
  },
);
