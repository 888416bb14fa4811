import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
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
import { type ImportLab, makeImportLab } from './import-lab.ts';
import { never, pair } from './import-world.ts';

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

describeWithLab('a login that docker wrote down in plain text', needs, () => {
  beforeAll(start);
  afterAll(end);
  beforeEach(async () => {
    lab = await makeImportLab(engine, keychain);
    expect(await login()).toMatchObject({ status: 0 });
    expect(lab.homeText()).toContain(pair(registry.username, registry.password));
  });
  afterEach(async () => {
    await accounts().helperUninstall(undefined, { signal: never });
    await accounts().logout({ address: registry.address }, { signal: never });
    await lab.regent.dispose();
  });

  it('moves into the keychain, where docker finds it, and is nowhere else', async () => {
    await install();
    const { address, username, password } = registry;
    expect(await accounts().found(undefined, { signal: never })).toMatchObject([
      { address, username, isKnown: false, risks: ['plaintext'], problem: null },
    ]);
    expect(await lab.importAll()).toMatchObject([
      { address, imported: true, plaintextRemoved: true, problem: null },
    ]);
    expect(configJson()).toEqual({
      auths: { [address]: {} },
      credHelpers: { [address]: 'regent' },
    });
    const text = lab.homeText();
    expect(text).not.toContain(password);
    expect(text).not.toContain(pair(username, password));
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
    expect(await accounts().found(undefined, { signal: never })).toEqual([]);
  });

  it('is told to be out of docker’s reach until the helper is installed', async () => {
    expect(await lab.importAll()).toMatchObject([
      { plaintextRemoved: true, problem: { code: 'HELPER_NEEDED' } },
    ]);
    expect((await pull()).stderr).toContain('no basic auth credentials');
    await install();
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
  });

  it('stays where it is while the keychain is locked', async () => {
    await keychain.lock();
    const taken = await lab.importAll();
    await keychain.unlock();
    expect(taken).toMatchObject([{ imported: false, problem: { code: 'KEYCHAIN_LOCKED' } }]);
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
  });

  it('comes back as docker reads it when it is exported', async () => {
    await lab.importAll();
    const { address } = registry;
    await accounts().export({ address, format: 'dockerconfigjson' }, { signal: never });
    await docker('logout', address);
    writeFileSync(lab.config, lab.exported.join(''));
    expect(await pull()).toMatchObject({ status: 0, stderr: '' });
  });
});
