import { readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  describeUnless,
  describeWithLab,
  type LabEngine,
  type LabKeychain,
  putCertificate,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  startKeychain,
} from '../../../lab/index.ts';
import { type ImportLab, makeImportLab } from './import-lab.ts';
import { never } from './import-world.ts';

const peer = process.env.REGENT_PEER_HELPER;
const certificates = '/etc/docker/certs.d';
const needs = ['engine', 'registry', 'keychain', 'busybox'] as const;

let engine: LabEngine;
let registry: SharedRegistry;
let keychain: LabKeychain;
let lab: ImportLab;
let image = '';

const start = async () => {
  engine = await sharedEngine();
  registry = await sharedRegistry('tls-login');
  image = `${registry.address}/team/hello:1.0`;
  keychain = await startKeychain();
  process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
  putCertificate(certificates, registry);
};
const end = async () => {
  rmSync(`${certificates}/${registry.address}`, { recursive: true, force: true });
  delete process.env.DBUS_SESSION_BUS_ADDRESS;
  await keychain.stop();
};
const docker = (...args: readonly string[]) => lab.docker(args);
const login = () =>
  lab.docker(
    ['login', registry.address, '-u', registry.username, '--password-stdin'],
    registry.password,
  );
const pull = async () => {
  await docker('rmi', '--force', image);
  return docker('pull', image);
};
const accounts = () => lab.regent.handlers.accounts;
const install = () => accounts().helperInstall({}, { signal: never });
const configJson = () => JSON.parse(readFileSync(lab.config, 'utf8'));

describeUnless(
  peer === undefined ? 'docker-credential-secretservice could not be had' : undefined,
  'a login with docker’s own helper',
  () => {
    describeWithLab('docker-credential-secretservice', needs, () => {
      beforeAll(async () => {
        await start();
        const path = `${dirname(peer ?? '')}:${process.env.PATH}`;
        lab = await makeImportLab(engine, keychain, { path });
        expect(await login()).toMatchObject({ status: 0 });
      });
      afterAll(async () => {
        await accounts().helperUninstall(undefined, { signal: never });
        await lab.regent.dispose();
        await end();
      });

      it('is copied: docker finds it with Regent, and after Regent with the old helper', async () => {
        const { address, username } = registry;
        expect(configJson()).toEqual({ auths: { [address]: {} }, credsStore: 'secretservice' });
        await install();
        expect(await accounts().found(undefined, { signal: never })).toMatchObject([
          { address, username, origin: { helper: 'secretservice' }, risks: [], problem: null },
        ]);
        expect(await lab.importAll()).toMatchObject([
          { imported: true, plaintextRemoved: false, problem: null },
        ]);
        expect(configJson()).toMatchObject({
          credsStore: 'secretservice',
          credHelpers: { [address]: 'regent' },
        });
        expect(await pull()).toMatchObject({ status: 0, stderr: '' });
        expect(await accounts().found(undefined, { signal: never })).toMatchObject([
          { isKnown: true, risks: ['hidden'] },
        ]);

        await accounts().helperUninstall(undefined, { signal: never });
        await accounts().logout({ address }, { signal: never });
        expect(await pull()).toMatchObject({ status: 0, stderr: '' });
      });

      it('is shown, with what the helper says, where that one does not answer', async () => {
        await keychain.lock();
        const taken = await lab.importAll();
        await keychain.unlock();
        expect(taken).toMatchObject([
          { imported: false, problem: { code: 'OTHER_HELPER_FAILED' } },
        ]);
      });
    });
  },
);
