import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeWithLab,
  type Finished,
  type LabDockerHub,
  type LabEngine,
  type LabKeychain,
  type LabPodman,
  labFolder,
  makeBuildContext,
  run,
  startDockerHub,
  startEngine,
  startKeychain,
  startPodman,
} from '../../lab/index.ts';
import { composePlugin } from '../../setup/compose-plugin.mjs';
import { newerEngineFolder } from '../../setup/newer-engine.mjs';
import { type ImportLab, makeImportLab } from '../accounts/import/import-lab.ts';
import { never } from '../accounts/import/import-world.ts';

const HUB = 'https://index.docker.io/v1/';
const image = 'team/hello:1.0';
const parts = [
  ...(['engine', 'registry', 'nginx', 'system-store', 'keychain', 'podman'] as const),
  ...(['buildx', 'compose', 'busybox'] as const),
];

describeWithLab('a login of Docker Hub, whose addresses lead to a stand-in', parts, () => {
  let hub: LabDockerHub;
  let engine: LabEngine;
  let keychain: LabKeychain;
  let tools: LabPodman;
  let lab: ImportLab;
  const accounts = () => lab.regent.handlers.accounts;
  const helper = (action: string, input = '') =>
    run(['docker-credential-regent', action], { env: lab.env, input });
  const secretOf = async (key: string) => JSON.parse((await helper('get', key)).stdout).Secret;
  const config = () => JSON.parse(readFileSync(lab.config, 'utf8'));
  const secrets = () => [hub.password, hub.accessToken, hub.refreshToken];
  /** `docker login` as a person types it: it wants a terminal, and signs in in the browser. */
  const loginInBrowser = () =>
    run(['script', '-qec', 'docker login', '/dev/null'], {
      env: { ...lab.env, DOCKER_HOST: `unix://${engine.socketPath}`, TERM: 'dumb' },
      input: '\n',
    });
  const pull = async () => {
    await lab.docker(['rmi', '--force', image]);
    return lab.docker(['pull', image]);
  };
  /** What works, and is served to the user whose login it is. */
  const isServed = async (work: () => Promise<Finished>) => {
    const before = hub.served().length;
    const { status, stdout, stderr } = await work();
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: expect.anything() });
    expect(new Set(hub.served().slice(before))).toEqual(new Set([hub.username]));
  };

  beforeAll(async () => {
    hub = await startDockerHub();
    engine = await startEngine();
    keychain = await startKeychain();
    process.env.DBUS_SESSION_BUS_ADDRESS = keychain.env.DBUS_SESSION_BUS_ADDRESS;
    tools = await startPodman();
    lab = await makeImportLab(engine, keychain);
    const plugins = join(dirname(lab.config), 'cli-plugins');
    mkdirSync(plugins, { recursive: true });
    for (const plugin of [composePlugin, join(newerEngineFolder, 'docker-buildx')]) {
      symlinkSync(plugin, join(plugins, basename(plugin)));
    }
  });
  beforeEach(async () => {
    await accounts().helperUninstall(undefined, { signal: never });
    for (const { address } of await accounts().list(undefined, { signal: never })) {
      await accounts().logout({ address }, { signal: never });
    }
    // With an entry in it, docker chooses no helper by itself.
    writeFileSync(lab.config, '{"auths":{"elsewhere.test":{}}}');
  });
  afterAll(async () => {
    await accounts().helperUninstall(undefined, { signal: never });
    await lab.regent.dispose();
    rmSync(lab.home, { recursive: true });
    delete process.env.DBUS_SESSION_BUS_ADDRESS;
    await tools.stop();
    await keychain.stop();
    await engine.stop();
    await hub.stop();
  });

  it('made in the browser stands in the keychain, with its tokens, and nowhere else', async () => {
    expect((await pull()).stderr).toContain('no basic auth credentials');
    await accounts().helperInstall({ addresses: ['docker.io'] }, { signal: never });
    const signedIn = await loginInBrowser();
    expect(signedIn).toMatchObject({ status: 0, stdout: expect.stringContaining('WEB-BASED') });
    expect(signedIn.stdout).not.toContain('unencrypted');
    expect(JSON.parse((await helper('list', 'unused')).stdout)).toEqual({
      [HUB]: hub.username,
      [`${HUB}access-token`]: hub.username,
      [`${HUB}refresh-token`]: hub.username,
    });
    expect(await secretOf(HUB)).toBe(hub.password);
    expect(await secretOf(`${HUB}access-token`)).toBe(hub.accessToken);
    expect(await secretOf(`${HUB}refresh-token`)).toMatch(`${hub.refreshToken}..`);
    for (const secret of secrets()) expect(lab.homeText()).not.toContain(secret);
    await isServed(pull);

    // docker reads the refresh token back, to have it revoked.
    expect(await lab.docker(['logout'])).toMatchObject({ status: 0, stderr: '' });
    const revoked = hub.asked().filter(({ path }) => path === '/oauth/revoke');
    expect(revoked).toMatchObject([{ host: 'login.docker.com', isRefresh: true }]);
    expect((await helper('list', 'unused')).stdout).toBe('{}\n');
    expect((await pull()).stderr).toContain('no basic auth credentials');
  });

  it('made in the browser and written down in plain text moves with its tokens', async () => {
    expect(await loginInBrowser()).toMatchObject({ status: 0 });
    const keys = [HUB, `${HUB}access-token`, `${HUB}refresh-token`];
    expect(Object.keys(config().auths).sort()).toEqual(['elsewhere.test', ...keys].sort());
    await accounts().helperInstall({}, { signal: never });
    const taken = await lab.importAll();
    expect(taken.map(({ imported, plaintextRemoved }) => [imported, plaintextRemoved])).toEqual(
      keys.map(() => [true, true]),
    );
    const { auths, credHelpers } = config();
    expect(auths).toEqual(Object.fromEntries(['elsewhere.test', ...keys].map((key) => [key, {}])));
    expect(credHelpers).toMatchObject({ [HUB]: 'regent' });
    for (const secret of secrets()) expect(lab.homeText()).not.toContain(secret);
    await isServed(pull);
    const before = hub.asked().length;
    expect(await lab.docker(['logout'])).toMatchObject({ status: 0, stderr: '' });
    expect(hub.asked().slice(before)).toMatchObject([{ path: '/oauth/revoke', isRefresh: true }]);
    expect((await helper('list', 'unused')).stdout).toBe('{}\n');
  });

  it.each([
    ...[HUB, 'docker.io', 'index.docker.io', 'registry-1.docker.io', 'https://docker.io'],
    ...[
      'https://registry-1.docker.io/v2/',
      'https://INDEX.docker.io/v1',
      'https://index.docker.io',
    ],
  ])('stored as %s is found by docker, podman and skopeo', async (key) => {
    await accounts().helperInstall({ addresses: ['docker.io'] }, { signal: never });
    const login = { ServerURL: key, Username: hub.username, Secret: hub.password };
    expect(await helper('store', JSON.stringify(login))).toMatchObject({ status: 0 });
    await isServed(pull);
    const env = { ...lab.env, XDG_RUNTIME_DIR: undefined };
    await tools.podman(['rmi', '--force', `docker.io/${image}`], { env });
    await isServed(() => tools.podman(['pull', `docker.io/${image}`], { env }));
    await isServed(() => tools.skopeo(['inspect', `docker://${image}`], { env }));
  });

  it('is found by buildx, and by docker-compose of both generations', async () => {
    await accounts().helperInstall({ addresses: ['docker.io'] }, { signal: never });
    const login = ['login', '-u', hub.username, '--password-stdin'];
    expect(await lab.docker(login, hub.password)).toMatchObject({ status: 0, stderr: '' });
    await isServed(() => lab.docker(['buildx', 'imagetools', 'inspect', image]));
    await lab.docker(['rmi', '--force', image]);
    const context = makeBuildContext(image);
    await isServed(() => lab.docker(['buildx', 'build', '--pull', '--load', context]));
    const folder = mkdtempSync(join(labFolder, 'compose-'));
    const path = join(folder, 'docker-compose.yml');
    writeFileSync(path, `version: "3"\nservices:\n  hello:\n    image: ${image}\n`);
    const env = { ...lab.env, DOCKER_HOST: `unix://${engine.socketPath}` };
    for (const compose of [['docker-compose'], ['docker', 'compose']]) {
      await lab.docker(['rmi', '--force', image]);
      await isServed(() => run([...compose, '-f', path, 'pull'], { env, cwd: folder }));
    }
  });
});
