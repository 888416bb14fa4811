import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createAccounts } from '../../../main/accounts/accounts.ts';
import { findHelperProgram } from '../../../main/accounts/helper/find-helper-program.ts';
import {
  createHelperInstall,
  type HelperInstall,
} from '../../../main/accounts/helper/helper-install.ts';
import { openKeychain } from '../../../main/accounts/secrets/keychain.ts';
import { systemClock } from '../../../main/platform/clock.ts';
import { findPaths } from '../../../main/platform/paths.ts';
import {
  describeWithLab,
  type LabEngine,
  type LabKeychain,
  type LabRegistry,
  seedImages,
  sharedEngine,
  startKeychain,
  startRegistry,
} from '../../lab/index.ts';
import { machineOf } from '../accounts/helper/machine-of.ts';
import { type HelperUser, helperScript, makeHelperUser } from './run-helper.ts';

describeWithLab(
  'the docker CLI with Regent’s helper',
  ['engine', 'registry', 'keychain', 'busybox'],
  () => {
    let engine: LabEngine;
    let registry: LabRegistry;
    let keychain: LabKeychain;
    let user: HelperUser;
    let install: HelperInstall;
    let image = '';
    const before = '{"auths":{"elsewhere.test":{}},"unknown":[1,  2]}\n';
    const configPath = () => join(user.home, '.docker', 'config.json');
    const docker = (args: readonly string[], input = '') =>
      engine.docker(args, {
        env: { ...user.env, PATH: `${user.home}/.local/bin:${process.env.PATH}` },
        input,
      });

    beforeAll(async () => {
      engine = await sharedEngine();
      registry = await startRegistry('tls-login');
      await seedImages(registry);
      image = `${registry.address}/team/hello:1.0`;
      keychain = await startKeychain();
      process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
      user = makeHelperUser(keychain.env);
      const certificates = `/etc/docker/certs.d/${registry.address}`;
      mkdirSync(certificates, { recursive: true });
      writeFileSync(join(certificates, 'ca.crt'), registry.caPem);
      mkdirSync(join(user.home, '.docker'));
      writeFileSync(configPath(), before);
      const paths = findPaths({ HOME: user.home }, 'linux');
      install = createHelperInstall({
        paths,
        installer: {
          home: user.home,
          path: `${user.home}/.local/bin:${process.env.PATH}`,
          isRoot: false,
          systemFolder: '/usr/local/bin',
        },
        program: await findHelperProgram(dirname(helperScript), process.execPath, 'linux'),
        listAddresses: async () => [registry.address],
        findLogins: async () => [],
        machine: machineOf({ ...user.env, XDG_RUNTIME_DIR: user.home }),
      });
    });
    afterAll(async () => {
      rmSync(`/etc/docker/certs.d/${registry.address}`, { recursive: true, force: true });
      delete process.env.DBUS_SESSION_BUS_ADDRESS;
      await registry.stop();
      await keychain.stop();
    });

    it('pulls with a login that Regent keeps, and without any docker login', async () => {
      expect((await docker(['pull', image])).stderr).toContain('no basic auth credentials');
      expect((await install.helperInstall()).problems).toEqual([]);
      await createAccounts({
        paths: findPaths({ HOME: user.home }, 'linux'),
        clock: systemClock,
        keychain: openKeychain(),
      }).save({
        address: registry.address,
        username: registry.username,
        secret: registry.password,
      });
      expect(await docker(['pull', image])).toMatchObject({ status: 0, stderr: '' });
    });

    it('logs out of and into the registry through the helper', async () => {
      expect(await docker(['logout', registry.address])).toMatchObject({ status: 0 });
      expect((await user.call('list')).stdout).toBe('{}\n');
      expect((await docker(['pull', image])).stderr).toContain('no basic auth credentials');

      const login = ['login', registry.address, '-u', registry.username, '--password-stdin'];
      expect(await docker(login, registry.password)).toMatchObject({ status: 0, stderr: '' });
      expect(JSON.parse((await user.call('list')).stdout)).toEqual({
        [registry.address]: registry.username,
      });
      expect(await docker(['pull', image])).toMatchObject({ status: 0, stderr: '' });
      const plain = Buffer.from(`${registry.username}:${registry.password}`).toString('base64');
      expect(readFileSync(configPath(), 'utf8')).not.toContain(plain);
      expect(await docker(['logout', registry.address])).toMatchObject({ status: 0 });
    });

    it('shows the helper’s own sentence when the keychain is locked', async () => {
      const login = ['login', registry.address, '-u', registry.username, '--password-stdin'];
      await keychain.lock();
      const { status, stderr } = await docker(login, registry.password);
      await keychain.unlock();
      expect(status).not.toBe(0);
      expect(stderr).toContain('The keychain is locked');
    });

    it('has its settings back once the helper is uninstalled', async () => {
      writeFileSync(configPath(), before);
      await install.helperInstall();
      const { problems, routes } = await install.helperUninstall();
      expect({ problems, routes }).toEqual({ problems: [], routes: [] });
      expect(readFileSync(configPath(), 'utf8')).toBe(before);
      expect((await docker(['pull', image])).stderr).toContain('no basic auth credentials');
    });
  },
);
