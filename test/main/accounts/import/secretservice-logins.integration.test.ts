import { dirname } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeUnless, describeWithLab } from '../../../lab/index.ts';
import { type ImportLab, makeImportLab } from './import-lab.ts';
import { never } from './import-world.ts';
import {
  deedsOf,
  type LoginDeeds,
  type LoginScene,
  sceneNeeds,
  startLoginScene,
} from './login-scene.ts';

const peer = process.env.REGENT_PEER_HELPER;

describeUnless(
  peer === undefined ? 'docker-credential-secretservice could not be had' : undefined,
  'a login with docker’s own helper',
  () => {
    describeWithLab('docker-credential-secretservice', sceneNeeds, () => {
      let scene: LoginScene;
      let lab: ImportLab;
      let deeds: LoginDeeds;
      const accounts = () => lab.regent.handlers.accounts;

      beforeAll(async () => {
        scene = await startLoginScene();
        const path = `${dirname(peer ?? '')}:${process.env.PATH}`;
        lab = await makeImportLab(scene.engine, scene.keychain, { path });
        deeds = deedsOf(lab, scene);
        expect(await deeds.login()).toMatchObject({ status: 0 });
      });
      afterAll(async () => {
        await deeds.uninstall();
        await lab.regent.dispose();
        await scene.stop();
      });

      it('is copied: docker finds it with Regent, and after Regent with the old helper', async () => {
        const { address, username } = scene.registry;
        expect(deeds.configJson()).toEqual({
          auths: { [address]: {} },
          credsStore: 'secretservice',
        });
        await deeds.install();
        expect(await accounts().found(undefined, { signal: never })).toMatchObject([
          { address, username, origin: { helper: 'secretservice' }, risks: [], problem: null },
        ]);
        expect(await lab.importAll()).toMatchObject([
          { imported: true, plaintextRemoved: false, problem: null },
        ]);
        expect(deeds.configJson()).toMatchObject({
          credsStore: 'secretservice',
          credHelpers: { [address]: 'regent' },
        });
        expect(await deeds.pull()).toMatchObject({ status: 0, stderr: '' });
        expect(await accounts().found(undefined, { signal: never })).toMatchObject([
          { isKnown: true, risks: ['hidden'] },
        ]);

        await deeds.uninstall();
        await accounts().logout({ address }, { signal: never });
        expect(await deeds.pull()).toMatchObject({ status: 0, stderr: '' });
      });

      it('stays with the old helper, whose words are told, where that one does not answer', async () => {
        await scene.keychain.lock();
        const taken = await lab.importAll();
        await scene.keychain.unlock();
        expect(taken).toMatchObject([
          {
            imported: false,
            problem: {
              code: 'OTHER_HELPER_FAILED',
              data: { helper: 'secretservice', detail: expect.stringMatching(/\S/) },
            },
          },
        ]);
      });
    });
  },
);
