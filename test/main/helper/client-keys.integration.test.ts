import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import {
  describeUnless,
  makeBuildContext,
  type SharedRegistry,
  sharedRegistry,
  startPodman,
} from '../../lab/index.ts';
import { type ClientScene, startClientScene, whyNoClients, works } from './client-scene.ts';
import { storeLine } from './run-helper.ts';

const HUB = 'https://index.docker.io/v1/';

describeUnless(
  whyNoClients,
  'the names of registries that real clients ask Regent’s helper for',
  () => {
    let scene: ClientScene;
    let registry: SharedRegistry;
    const docker: ClientScene['docker'] = (...call) => scene.docker(...call);
    /** What a client asked and wrote, once each, in order; every `get` was answered with the login. */
    const asked = (): readonly string[] => {
      const calls = scene.recorder.take();
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

    beforeAll(async () => {
      registry = await sharedRegistry('tls-login');
      scene = await startClientScene(registry);
      const { address } = registry;
      scene.configure({
        credHelpers: { [address]: 'regent', [HUB]: 'regent', 'docker.io': 'regent' },
      });
    });
    beforeEach(async () => {
      const { address, username, password } = registry;
      await scene.user.call('store', storeLine(address, username, password));
      await scene.user.call('store', storeLine(HUB, 'hub-user', 'hub-secret'));
      await docker(['rmi', '--force', scene.image]);
      scene.recorder.take();
    });
    afterAll(() => scene?.stop());

    it('docker pull, create and manifest inspect', async () => {
      const { image } = scene;
      works(await docker(['pull', image]));
      works(await docker(['create', '--pull', 'always', '--name', 'client-keys', image]));
      works(await docker(['rm', 'client-keys']));
      works(await docker(['manifest', 'inspect', image]));
      expect(asked()).toEqual(['get ADDRESS']);
    });

    it('docker login and logout, however the address is typed', async () => {
      const { user } = scene;
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
      await docker(['build', makeBuildContext(scene.image)], { DOCKER_BUILDKIT: '0' });
      expect(asked()).toEqual(expect.arrayContaining(['get ADDRESS']));
      works(await scene.build());
      expect(asked()).toEqual(['get ADDRESS']);
      works(await scene.lookWithBuildx());
      expect(asked()).toEqual(['get ADDRESS']);
    });

    it('docker-compose of both generations', async () => {
      for (const generation of [1, 2] as const) {
        works(await scene.compose(generation));
        expect(asked()).toEqual(['get ADDRESS']);
      }
    });

    it('podman and skopeo', async () => {
      const { env, image, user } = scene;
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
  },
);
