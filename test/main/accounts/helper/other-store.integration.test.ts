import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { projectFolder } from '../../../../main/build/project.mjs';
import { documentOf, keychainOf, openTerminal, type Terminal } from '../../../e2e/terminal.ts';
import {
  createUser,
  describeUnless,
  type LabKeychain,
  putCertificate,
  type SharedRegistry,
  sharedEngine,
  sharedRegistry,
  whyLabMissing,
} from '../../../lab/index.ts';
import { helperScript } from '../../helper/run-helper.ts';

const peer = process.env.REGENT_PEER_HELPER ?? '';
const why =
  whyLabMissing(['engine', 'registry', 'keychain', 'busybox']) ??
  (peer === '' ? 'docker-credential-secretservice could not be had' : undefined);

describeUnless(why, 'logins that docker keeps with docker-credential-secretservice', () => {
  let registry: SharedRegistry;
  let keychain: LabKeychain;
  let terminal: Terminal;
  let image = '';
  const config = () => join(terminal.env.HOME ?? '', '.docker', 'config.json');
  const read = () => JSON.parse(readFileSync(config(), 'utf8'));
  const program = (argv: readonly string[], input = '') =>
    terminal.program(['env', `PATH=${dirname(peer)}:${terminal.env.PATH}`, ...argv], input);
  const regent = (...args: readonly string[]) =>
    program([process.execPath, join(projectFolder, 'dist', 'regent.mjs'), 'helper', ...args]);
  const others = async (command: 'install' | 'status') =>
    documentOf(await regent(command, '--json')).others;
  const store = (argv: readonly string[], ServerURL: string) => {
    const login = { ServerURL, Username: registry.username, Secret: registry.password };
    return program([...argv, 'store'], JSON.stringify(login));
  };
  const reachOfDocker = async () => {
    const { reach } = documentOf(await regent('status', '--json'));
    const all = reach as { address: string; program: string; finds: string; helper: string }[];
    const one = all.find(
      ({ address, program: name }) => address === registry.address && name === 'docker',
    );
    return [one?.finds, one?.helper];
  };

  beforeAll(async () => {
    await sharedEngine();
    registry = await sharedRegistry('tls-login');
    image = `${registry.address}/team/hello:1.0`;
    const user = await createUser();
    keychain = await keychainOf(user);
    terminal = await openTerminal(user, keychain);
    putCertificate('/etc/docker/certs.d', registry);
    // docker chooses that helper by itself, and its login of Docker Hub has tokens beside it.
    const login = ['docker', 'login', registry.address, '-u', registry.username];
    const signedIn = await program([...login, '--password-stdin'], registry.password);
    expect(signedIn).toMatchObject({ status: 0, stderr: '' });
    expect(read()).toEqual({ auths: { [registry.address]: {} }, credsStore: 'secretservice' });
    for (const key of ['', 'access-token']) {
      await store([peer], `https://index.docker.io/v1/${key}`);
    }
  });
  afterAll(async () => {
    await regent('uninstall');
    rmSync(`/etc/docker/certs.d/${registry.address}`, { recursive: true, force: true });
    await keychain.stop();
  });

  it('are told by status and by install, though Regent has none', async () => {
    const covered = [
      {
        ...{ helper: 'secretservice', isDefault: true },
        addresses: ['docker.io', registry.address].sort(),
      },
    ];
    expect(await others('status')).toEqual(covered);
    expect(await others('install')).toEqual(covered);
    for (const command of ['status', 'install']) {
      const { stdout } = await regent(command);
      const row = `Docker’s default   docker-credential-secretservice: docker.io, ${registry.address}`;
      expect(stdout.replaceAll(/ {2,}/g, '   ')).toContain(row);
    }
    expect(read().credHelpers).toBeUndefined();
  });

  it('are told to be docker’s, until `install` leads docker to Regent’s, and still to be there', async () => {
    expect(await store([process.execPath, helperScript], registry.address)).toMatchObject({
      status: 0,
    });
    expect(await reachOfDocker()).toEqual(['other-helper', 'secretservice']);
    expect((await regent('status')).stdout).toMatch(/\n.*:5443 +docker-credential-secretservice/);
    expect((await regent('install')).stdout).toContain(
      `docker-credential-secretservice: docker.io, ${registry.address}`,
    );
    expect(await reachOfDocker()).toEqual(['regent', 'regent']);
    expect(await program(['docker', 'pull', image])).toMatchObject({ status: 0, stderr: '' });
    await regent('uninstall');
    expect(read().credHelpers).toBeUndefined();
  });

  it('for a registry of its own, stay there, which install says', async () => {
    const text = JSON.stringify({ credHelpers: { [registry.address]: 'secretservice' } });
    writeFileSync(config(), text);
    const installed = documentOf(await regent('install', '--json'));
    expect(installed).toMatchObject({
      ...{ routes: [], problems: [{ code: 'HELPER_ROUTE_TAKEN' }] },
      others: [{ helper: 'secretservice', isDefault: false }],
    });
    const { stdout, stderr } = await regent('install');
    expect(stdout + stderr).toMatch(/Another helper +docker-credential-secretservice: .*:5443/);
    expect(JSON.parse(readFileSync(config(), 'utf8'))).toEqual(JSON.parse(text));
    expect(await reachOfDocker()).toEqual(['other-helper', 'secretservice']);
  });

  it('that can’t be listed are named by what docker’s settings send there', async () => {
    await keychain.stop();
    const [store] = (await others('status')) as { addresses: readonly string[] }[];
    expect(store).toEqual({
      ...{ helper: 'secretservice', isDefault: false },
      addresses: [registry.address],
    });
  });
});
