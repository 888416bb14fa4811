import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportWorld, makeImportWorld, pair } from './import-world.ts';

let world: ImportWorld;

beforeEach(async () => {
  world = await makeImportWorld();
});
afterEach(() => world.dispose());

const outcome = async () =>
  (await world.takeAll()).map(({ imported, plaintextRemoved, problem }) => [
    ...[imported, plaintextRemoved],
    problem?.code ?? null,
  ]);

describe('an entry with several secrets', () => {
  it.each([
    { auth: pair('ada', 'p'), identitytoken: 't' },
    { auth: pair('ada', ''), password: 'p', identitytoken: 't' },
    { auth: pair('ada', 'p'), registrytoken: 't' },
    { identitytoken: 't', RegistryToken: 'u' },
    { auth: pair('ada', 'p'), username: 'ada', password: 'q' },
    { auth: pair('ada', 'p'), Auth: pair('ada', 'q') },
    { Auth: '!', auth: pair('ada', 'p') },
  ])('stays as it is: %j', async (entry) => {
    await world.write(world.config, { auths: { 'h:1': entry } });
    const before = await world.read(world.config);
    expect(await world.find()).toMatchObject([{ problem: { code: 'LOGIN_SEVERAL' } }]);
    expect(await outcome()).toEqual([[false, false, 'LOGIN_SEVERAL']]);
    expect(await world.read(world.config)).toBe(before);
    expect(await world.accounts.list()).toEqual([]);
  });

  it.each([
    { auth: pair('ada', ''), identitytoken: 't' },
    { auth: pair('<token>', 't'), identitytoken: 't' },
    { auth: pair('ada', 'p'), username: 'ada', password: 'p' },
    { auth: pair('ada', 'p'), password: '', identitytoken: '', registrytoken: '', email: 'a@b.c' },
    { auth: '', username: 'ada', password: 'p' },
  ])('is not one with a single secret: %j', async (entry) => {
    await world.write(world.config, { auths: { 'h:1': entry } });
    expect(await outcome()).toEqual([[true, true, null]]);
  });

  it('is noticed when the other one comes meanwhile', async () => {
    const auth = pair('ada', 'p');
    await world.write(world.config, { auths: { 'h:1': { auth } } });
    const more = { auths: { 'h:1': { auth, registrytoken: 't' } } };
    world.route = async () => {
      await world.write(world.config, more);
      return null;
    };
    expect(await outcome()).toEqual([[true, false, 'LOGIN_SEVERAL']]);
    expect(JSON.parse(await world.read(world.config))).toEqual(more);
  });
});
