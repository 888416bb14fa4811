import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportWorld, makeImportWorld, never, pair } from './import-world.ts';

let world: ImportWorld;

beforeEach(async () => {
  world = await makeImportWorld();
});
afterEach(() => world.dispose());

const COUNT = 20_000;
const many = <T>(value: T) =>
  Object.fromEntries(Array.from({ length: COUNT }, (_, n) => [`r${n}.test`, value]));

describe('a file with thousands of logins', () => {
  it('is read in time, and shown in part with a word about the rest', async () => {
    await world.write(world.config, { auths: many({ auth: pair('ada', 'p') }) });
    const found = await world.find();
    expect(found).toHaveLength(2001);
    expect(found.filter(({ problem }) => problem !== null)).toMatchObject([
      { key: '', problem: { code: 'FILE_FAILED', data: { path: world.config, reason: 'EFBIG' } } },
    ]);
    const ids = found.map(({ id }) => id).slice(-1);
    expect(await world.imports.take(ids, never)).toMatchObject([{ imported: true }]);
  });

  it('has the helper stand for thousands of registries at once', async () => {
    await world.write(world.config, {
      auths: many({}),
      credHelpers: many('absent'),
    });
    expect(await world.find()).toMatchObject([
      { key: '', origin: { helper: 'absent' }, problem: { code: 'OTHER_HELPER_ABSENT' } },
    ]);
    await world.write(world.config, { auths: many({}), credsStore: 'gone' });
    expect(await world.find()).toMatchObject([
      { key: '', origin: { helper: 'gone' }, problem: { code: 'OTHER_HELPER_ABSENT' } },
    ]);
  });
});
