import { writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeWithLab } from '../../../lab/index.ts';
import { type ImportLab, makeImportLab } from './import-lab.ts';
import { never, pair } from './import-world.ts';
import {
  deedsOf,
  type LoginDeeds,
  type LoginScene,
  sceneNeeds,
  startLoginScene,
} from './login-scene.ts';

describeWithLab('a login that docker wrote down in plain text', sceneNeeds, () => {
  let scene: LoginScene;
  let lab: ImportLab;
  let deeds: LoginDeeds;
  const accounts = () => lab.regent.handlers.accounts;

  beforeAll(async () => {
    scene = await startLoginScene();
  });
  afterAll(() => scene.stop());
  beforeEach(async () => {
    lab = await makeImportLab(scene.engine, scene.keychain);
    deeds = deedsOf(lab, scene);
    expect(await deeds.login()).toMatchObject({ status: 0 });
    expect(lab.homeText()).toContain(pair(scene.registry.username, scene.registry.password));
  });
  afterEach(async () => {
    await deeds.uninstall();
    await accounts().logout({ address: scene.registry.address }, { signal: never });
    await lab.regent.dispose();
  });

  it('moves into the keychain, where docker finds it, and is nowhere else', async () => {
    await deeds.install();
    const { address, username, password } = scene.registry;
    expect(await accounts().found(undefined, { signal: never })).toMatchObject([
      { address, username, isKnown: false, risks: ['plaintext'], problem: null },
    ]);
    expect(await lab.importAll()).toMatchObject([
      { address, imported: true, plaintextRemoved: true, problem: null },
    ]);
    expect(deeds.configJson()).toEqual({
      auths: { [address]: {} },
      credHelpers: { [address]: 'regent' },
    });
    const text = lab.homeText();
    expect(text).not.toContain(password);
    expect(text).not.toContain(pair(username, password));
    expect(await deeds.pull()).toMatchObject({ status: 0, stderr: '' });
    expect(await accounts().found(undefined, { signal: never })).toEqual([]);
  });

  it('is told to be out of docker’s reach until the helper is installed', async () => {
    expect(await lab.importAll()).toMatchObject([
      { plaintextRemoved: true, problem: { code: 'HELPER_NEEDED' } },
    ]);
    expect((await deeds.pull()).stderr).toContain('no basic auth credentials');
    await deeds.install();
    expect(await deeds.pull()).toMatchObject({ status: 0, stderr: '' });
  });

  it('stays where it is while the keychain is locked', async () => {
    await scene.keychain.lock();
    const taken = await lab.importAll();
    await scene.keychain.unlock();
    expect(taken).toMatchObject([{ imported: false, problem: { code: 'KEYCHAIN_LOCKED' } }]);
    expect(await deeds.pull()).toMatchObject({ status: 0, stderr: '' });
  });

  it('comes back as docker reads it when it is exported', async () => {
    await lab.importAll();
    const { address } = scene.registry;
    await accounts().export({ address, format: 'dockerconfigjson' }, { signal: never });
    await lab.docker(['logout', address]);
    writeFileSync(lab.config, lab.exported.join(''));
    expect(await deeds.pull()).toMatchObject({ status: 0, stderr: '' });
  });
});
