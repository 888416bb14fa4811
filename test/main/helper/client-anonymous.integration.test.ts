import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  describeUnless,
  type Finished,
  type LabTokenRegistry,
  seedImages,
  startTokenRegistry,
} from '../../lab/index.ts';
import { type ClientScene, startClientScene, whyNoClients, works } from './client-scene.ts';
import { storeLine } from './run-helper.ts';

const NOT_FOUND = 'credentials not found in native keychain\n';

/** What somebody does who has no login there. */
const deeds: Readonly<Record<string, (scene: ClientScene) => Promise<Finished>>> = {
  'docker-compose pull': (scene) => scene.compose(1),
  'docker compose pull': (scene) => scene.compose(2),
  'docker buildx build': (scene) => scene.build(),
  'docker buildx imagetools inspect': (scene) => scene.lookWithBuildx(),
  'docker create': (scene) => scene.docker(['create', '--pull', 'always', scene.image]),
};

const name = 'a registry that gives everybody a token, and of which Regent has no login,';
describeUnless(whyNoClients, name, () => {
  let registry: LabTokenRegistry;
  let scene: ClientScene;
  /** A helper that says the same as Regent's in other words. */
  const otherwise = () => join(scene.recorder.folder, 'docker-credential-otherwise');
  /** The ways in which docker's settings may lead to Regent. */
  const ways = () => [
    { credHelpers: { [registry.address]: 'regent' } },
    { credsStore: 'regent' },
    // The mark of a login that is gone.
    { credsStore: 'regent', auths: { [registry.address]: {} } },
  ];

  beforeAll(async () => {
    registry = await startTokenRegistry({
      ...{ prepare: seedImages, settings: { anonymousPull: true } },
    });
    scene = await startClientScene(registry, 'classic');
    writeFileSync(
      otherwise(),
      '#!/bin/sh\necho asked >>"$0.asked"\necho "There is no such login."\nexit 1\n',
    );
    chmodSync(otherwise(), 0o755);
  });
  beforeEach(async () => {
    await scene.user.call('erase', 'elsewhere.test:5443');
    await scene.docker(['rmi', '--force', scene.image]);
  });
  afterAll(async () => {
    await scene?.stop();
    await registry?.stop();
  });

  describe.each(Object.keys(deeds))('%s', (deed) => {
    const work = async () => (await deeds[deed]?.(scene)) as Finished;

    it.each([
      ['without any login', []],
      ['beside the login of another registry', [storeLine('elsewhere.test:5443', 'ada', 'secret')]],
    ])('goes on as nobody %s', async (_, logins) => {
      for (const login of logins) await scene.user.call('store', login);
      for (const settings of ways()) {
        scene.configure(settings);
        scene.recorder.take();
        const before = registry.asked().length;
        const done = await work();
        works(done);
        expect(done.stdout + done.stderr).not.toMatch(/credential|keychain|helper|error|denied/i);
        const asked = scene.recorder
          .take()
          .filter(({ action, input }) => action === 'get' && input === registry.address);
        expect(asked, JSON.stringify(settings)).not.toEqual([]);
        for (const { status, stdout } of asked) {
          expect({ status, stdout }).toEqual({ status: 1, stdout: NOT_FOUND });
        }
        // BuildKit may still have the token of the time before.
        const names = registry
          .asked()
          .slice(before)
          .map(({ account }) => account);
        expect(names.filter((name) => name !== '')).toEqual([]);
      }
    });

    it('would not have gone on at other words', async () => {
      rmSync(`${otherwise()}.asked`, { force: true });
      scene.configure({ credHelpers: { [registry.address]: 'otherwise' } });
      const { status, stdout, stderr } = await work();
      expect(status).not.toBe(0);
      expect(existsSync(`${otherwise()}.asked`)).toBe(true);
      expect((await scene.docker(['image', 'inspect', scene.image])).status).not.toBe(0);
      // The first docker-compose may end before its thread has said why, on a busy machine.
      if (deed !== 'docker-compose pull') {
        expect(stdout + stderr).toContain('There is no such login.');
      }
    });
  });
});
