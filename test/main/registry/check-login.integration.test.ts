import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { createRegistryClient } from '../../../main/registry/client.ts';
import {
  changeUsers,
  describeWithLab,
  type LabRegistry,
  type RegistryFacts,
  seedImages,
  sharedRegistry,
  startRegistry,
} from '../../lab/index.ts';
import { calm } from './open-fake.ts';

const open = ({ address, scheme, caPem }: RegistryFacts) => {
  const client = createRegistryClient({
    ...{ address, scheme, trust: { ca: caPem === '' ? [] : [caPem] } },
    credentials: async () => null,
  });
  onTestFinished(() => client.close());
  return client;
};
const repositoriesIn = ({ storagePath }: RegistryFacts) =>
  readdirSync(join(storagePath, 'docker/registry/v2/repositories')).toSorted();

describeWithLab('proving a login to real registries', ['registry', 'nginx', 'busybox'], () => {
  let registry: LabRegistry;

  beforeAll(async () => {
    registry = await startRegistry('nginx-login', { openForReading: true });
    await seedImages(registry);
    await changeUsers(registry, { ada: registry.password, 'robot$ci+push': 'of the robot' });
  });
  afterAll(() => registry.stop());

  it('finds the guard of one from which everybody may pull, and leaves no trace there', async () => {
    const before = repositoriesIn(registry);
    const client = open(registry);
    await expect(client.ping(calm)).resolves.toEqual({ username: null, api: 'v2' });
    for (const [username, password] of [
      ['ada', registry.password],
      ['robot$ci+push', 'of the robot'],
    ] as const) {
      await expect(client.checkLogin({ username, password }, calm)).resolves.toBeUndefined();
    }
    const wrong = client.checkLogin({ username: 'ada', password: 'wrong' }, calm);
    await expect(wrong).rejects.toMatchObject({ code: 'CREDENTIALS_REJECTED' });
    expect(repositoriesIn(registry)).toEqual(before);
  });

  for (const variant of ['tls-open', 'plain'] as const) {
    it(`can’t prove one where everybody is served: ${variant}`, async () => {
      const everybodys = await sharedRegistry(variant);
      const login = { username: 'ada', password: 'secret' };
      await expect(open(everybodys).checkLogin(login, calm)).rejects.toMatchObject({
        code: 'SIGN_IN_NOT_NEEDED',
      });
      const path = join(everybodys.storagePath, 'docker/registry/v2/repositories/regent');
      expect(existsSync(path)).toBe(false);
    });
  }

  it('knows a wrong password and an identity token that is of no use, where the door is guarded', async () => {
    const guarded = await sharedRegistry('tls-login');
    const client = open(guarded);
    const { username, password } = guarded;
    await expect(client.checkLogin({ username, password }, calm)).resolves.toBeUndefined();
    await expect(client.checkLogin({ username, password: 'x' }, calm)).rejects.toMatchObject({
      code: 'CREDENTIALS_REJECTED',
    });
    const identity = { username: '<token>', password };
    await expect(client.checkLogin(identity, calm)).rejects.toMatchObject({
      code: 'IDENTITY_TOKEN_UNSUPPORTED',
    });
  });
});
