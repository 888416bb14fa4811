import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeUnless,
  type Finished,
  type LabEngine,
  type LabKeychain,
  labFolder,
  makeBuildContext,
  newerEngine,
  putCertificate,
  run,
  type SharedRegistry,
  sharedRegistry,
  startKeychain,
  startPodman,
  whyLabMissing,
} from '../../lab/index.ts';
import { composePlugin } from '../../setup/compose-plugin.mjs';
import { newerEngineFolder } from '../../setup/newer-engine.mjs';
import { type RecordingHelper, writeRecordingHelper } from './recording-helper.ts';
import { type HelperUser, makeHelperUser, standaloneBuild, storeLine } from './run-helper.ts';

const HUB = 'https://index.docker.io/v1/';
const why =
  whyLabMissing([
    ...(['engine', 'newer-engine', 'buildx', 'compose', 'podman', 'registry', 'keychain'] as const),
    'busybox',
  ]) ?? standaloneBuild.why;

describeUnless(why, 'the names of registries that real clients ask Regent’s helper for', () => {
  let engine: LabEngine;
  let registry: SharedRegistry;
  let keychain: LabKeychain;
  let user: HelperUser;
  let recorder: RecordingHelper;
  let image = '';
  let env: NodeJS.ProcessEnv = {};

  const docker = (args: readonly string[], more: NodeJS.ProcessEnv = {}, input = '') =>
    engine.docker(args, { env: { ...env, ...more }, input });
  /** What a client asked and wrote, once each, in order; every `get` was answered with the login. */
  const asked = (): readonly string[] => {
    const calls = recorder.take();
    for (const { action, input, status, stdout } of calls) {
      if (action !== 'get') continue;
      if (/-token$/.test(input)) {
        // Of docker's device login, which nobody did.
        expect(stdout).toBe('credentials not found in native keychain\n');
        continue;
      }
      expect({ input, status }).toEqual({ input, status: 0 });
      const [Username, Secret] = /docker\.io/.test(input)
        ? ['hub-user', 'hub-secret']
        : [registry.username, registry.password];
      expect(JSON.parse(stdout)).toEqual({ ServerURL: input.trim(), Username, Secret });
    }
    const told = calls.map(({ action, input }) =>
      action === 'store' ? `store ${JSON.parse(input).ServerURL}` : `${action} ${input}`,
    );
    return [...new Set(told)].map((line) => line.replaceAll(registry.address, 'ADDRESS'));
  };
  const compose = () => {
    const folder = mkdtempSync(join(labFolder, 'compose-'));
    const path = join(folder, 'docker-compose.yml');
    writeFileSync(path, `version: "3"\nservices:\n  hello:\n    image: ${image}\n`);
    return path;
  };
  const works = ({ status, stdout, stderr }: Finished) =>
    expect({ status, said: stdout + stderr }).toEqual({ status: 0, said: expect.anything() });

  beforeAll(async () => {
    engine = await newerEngine('containerd');
    registry = await sharedRegistry('tls-login');
    image = `${registry.address}/team/hello:1.0`;
    keychain = await startKeychain();
    user = makeHelperUser(keychain.env);
    recorder = writeRecordingHelper(join(user.home, 'recorder'), standaloneBuild);
    env = { ...user.env, PATH: `${recorder.folder}:${process.env.PATH}` };
    putCertificate('/etc/docker/certs.d', registry);
    putCertificate('/etc/containers/certs.d', registry);
    const folder = join(user.home, '.docker');
    mkdirSync(join(folder, 'cli-plugins'), { recursive: true });
    const credHelpers = { [registry.address]: 'regent', [HUB]: 'regent', 'docker.io': 'regent' };
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ credHelpers }));
    for (const plugin of [composePlugin, join(newerEngineFolder, 'docker-buildx')]) {
      symlinkSync(plugin, join(folder, 'cli-plugins', basename(plugin)));
    }
  });
  beforeEach(async () => {
    const { address, username, password } = registry;
    await user.call('store', storeLine(address, username, password));
    await user.call('store', storeLine(HUB, 'hub-user', 'hub-secret'));
    await docker(['rmi', '--force', image]);
    recorder.take();
  });
  afterAll(async () => {
    for (const folder of ['docker', 'containers']) {
      rmSync(`/etc/${folder}/certs.d/${registry.address}`, { recursive: true, force: true });
    }
    await keychain.stop();
  });

  it('docker pull, create and manifest inspect', async () => {
    works(await docker(['pull', image]));
    works(await docker(['create', '--pull', 'always', '--name', 'client-keys', image]));
    works(await docker(['rm', 'client-keys']));
    works(await docker(['manifest', 'inspect', image]));
    expect(asked()).toEqual(['get ADDRESS']);
  });

  it('docker login and logout, however the address is typed', async () => {
    for (const typed of ['', 'https://', 'http://'].map((scheme) => scheme + registry.address)) {
      const login = ['login', typed, '-u', registry.username, '--password-stdin'];
      works(await docker(login, {}, registry.password));
      expect(asked()).toEqual(['store ADDRESS']);
    }
    works(await docker(['login', registry.address]));
    expect(asked()).toEqual(['get ADDRESS', 'store ADDRESS']);
    works(await docker(['logout', registry.address]));
    expect(asked()).toEqual(['erase ADDRESS']);
    // As its only helper it is also asked for what older versions of docker stored.
    const all = { DOCKER_CONFIG: join(user.home, 'all') };
    mkdirSync(all.DOCKER_CONFIG);
    writeFileSync(join(all.DOCKER_CONFIG, 'config.json'), '{"credsStore":"regent"}');
    works(await docker(['logout', registry.address], all));
    expect(asked()).toEqual(['erase ADDRESS', 'erase http://ADDRESS', 'erase https://ADDRESS']);
  });

  it('docker build without and with BuildKit', async () => {
    const context = makeBuildContext(image);
    await docker(['build', context], { DOCKER_BUILDKIT: '0' });
    expect(asked()).toEqual(expect.arrayContaining(['get ADDRESS']));
    works(await docker(['buildx', 'build', '--builder', 'default', '--pull', context]));
    expect(asked()).toEqual(['get ADDRESS']);
    // This one asks the registry itself, and reads no certs.d.
    const authority = { SSL_CERT_FILE: join(user.home, 'ca.pem') };
    writeFileSync(authority.SSL_CERT_FILE, registry.caPem);
    works(await docker(['buildx', 'imagetools', 'inspect', image], authority));
    expect(asked()).toEqual(['get ADDRESS']);
  });

  it('docker-compose of both generations', async () => {
    const host = { DOCKER_HOST: `unix://${engine.socketPath}` };
    const first = ['docker-compose', '-f', compose(), 'pull'];
    works(await run(first, { env: { ...env, ...host }, cwd: dirname(first[2] ?? '') }));
    expect(asked()).toEqual(['get ADDRESS']);
    works(await docker(['compose', '-f', compose(), 'pull']));
    expect(asked()).toEqual(['get ADDRESS']);
  });

  it('podman and skopeo', async () => {
    const tools = await startPodman();
    const login = ['login', registry.address, '-u', registry.username, '--password-stdin'];
    works(await tools.skopeo(['inspect', `docker://${image}`], { env }));
    expect(asked()).toEqual(['get ADDRESS']);
    works(await tools.podman(['pull', image], { env }));
    expect(asked()).toEqual(['get ADDRESS']);
    const own = { ...env, REGISTRY_AUTH_FILE: join(user.home, 'auth.json') };
    writeFileSync(
      own.REGISTRY_AUTH_FILE,
      JSON.stringify({ credHelpers: { [registry.address]: 'regent', 'docker.io': 'regent' } }),
    );
    works(await tools.podman(login, { env: own, input: registry.password }));
    expect(asked()).toEqual(['get ADDRESS', 'store ADDRESS']);
    works(await tools.podman(['logout', registry.address], { env: own }));
    expect(asked()).toEqual(['erase ADDRESS']);
    // There is no network here, and the login is asked for before that is noticed.
    await tools.skopeo(['inspect', 'docker://docker.io/library/busybox'], { env: own });
    expect(asked()).toEqual(['get docker.io']);
    await tools.podman(['pull', 'docker.io/library/busybox'], { env: own });
    expect(asked()).toEqual(['get docker.io']);
    await tools.stop();
  });

  it('docker for Docker Hub', async () => {
    await docker(['pull', 'busybox']);
    expect(asked()).toEqual([`get ${HUB}`]);
    await docker(['pull', 'docker.io/library/busybox']);
    expect(asked()).toEqual([`get ${HUB}`]);
    await docker(['login', '-u', 'hub-user', '--password-stdin'], {}, 'hub-secret');
    works(await docker(['logout']));
    expect(asked()).toEqual([`get ${HUB}refresh-token`, `erase ${HUB}`]);
  });
});
