import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeWithLab,
  type LabKeychain,
  type LabPodman,
  type LabTokenRegistry,
  putCertificate,
  seedImages,
  sharedEngine,
  startKeychain,
  startPodman,
  startTokenRegistry,
} from '../../../lab/index.ts';
import { type ImportLab, makeImportLab } from './import-lab.ts';
import { never } from './import-world.ts';

describeWithLab(
  'an identity token that docker wrote down in plain text',
  ['engine', 'podman', 'registry', 'keychain', 'busybox'],
  () => {
    const certificates = '/etc/docker/certs.d';
    let registry: LabTokenRegistry;
    let keychain: LabKeychain;
    let tools: LabPodman;
    let lab: ImportLab;
    let image = '';
    const accounts = () => lab.regent.handlers.accounts;
    const config = () => JSON.parse(readFileSync(lab.config, 'utf8'));
    const pull = async () => {
      await lab.docker(['rmi', '--force', image]);
      return lab.docker(['pull', image]);
    };

    beforeAll(async () => {
      const engine = await sharedEngine();
      registry = await startTokenRegistry({ prepare: seedImages });
      image = `${registry.address}/team/hello:1.0`;
      keychain = await startKeychain();
      process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
      tools = await startPodman();
      putCertificate(certificates, registry);
      putCertificate(tools.certsFolder, registry);
      lab = await makeImportLab(engine, keychain);
      const { address, username, password } = registry;
      const login = ['login', address, '-u', username, '--password-stdin'];
      expect(await lab.docker(login, password)).toMatchObject({ status: 0 });
    });
    afterAll(async () => {
      await accounts().helperUninstall(undefined, { signal: never });
      await lab.regent.dispose();
      for (const folder of [certificates, tools.certsFolder]) {
        rmSync(join(folder, registry.address), { recursive: true, force: true });
      }
      delete process.env.DBUS_SESSION_BUS_ADDRESS;
      await tools.stop();
      await registry.stop();
      await keychain.stop();
    });

    it('moves into the keychain under docker’s own name for it, and pulls from there', async () => {
      const { address } = registry;
      const token = config().auths[address].identitytoken;
      expect(token).toMatch(/^[\w-]{32}$/);
      await accounts().helperInstall({}, { signal: never });
      expect(await lab.importAll()).toMatchObject([
        { username: '<token>', imported: true, plaintextRemoved: true, problem: null },
      ]);
      expect(config()).toEqual({
        auths: { [address]: {} },
        credHelpers: { [address]: 'regent' },
      });
      expect(lab.homeText()).not.toContain(token);
      expect(await pull()).toMatchObject({ status: 0, stderr: '' });
    });

    it('pulls with docker, and is read by skopeo, from what is exported', async () => {
      const { address } = registry;
      const signal = never;
      const secret = accounts().export({ address, format: 'k8s-secret' }, { signal });
      await expect(secret).rejects.toMatchObject({ code: 'EXPORT_IDENTITY_TOKEN' });
      await accounts().export({ address, format: 'dockerconfigjson' }, { signal });
      await accounts().helperUninstall(undefined, { signal });
      writeFileSync(lab.config, lab.exported.join(''));
      expect(await pull()).toMatchObject({ status: 0, stderr: '' });
      const inspect = ['inspect', '--authfile', lab.config, `docker://${image}`];
      expect(await tools.skopeo(inspect, { env: lab.env })).toMatchObject({ status: 0 });
    });
  },
);
