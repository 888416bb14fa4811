import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ImportWorld, makeImportWorld } from './import-world.ts';

let world: ImportWorld;

beforeEach(async () => {
  world = await makeImportWorld();
});
afterEach(() => world.dispose());

const brief = async () =>
  (await world.find()).map(({ key, username, origin, problem }) => [
    ...[origin.kind === 'docker-helper' ? origin.helper : '', key, username],
    problem?.code ?? null,
  ]);

describe('finding logins with docker’s helpers', () => {
  it('asks every helper that is named, and none that is not', async () => {
    await world.write(world.config, {
      credsStore: 'pass',
      credHelpers: { 'h:1': 'other', 'h:2': 'regent', 'h:3': '', 'gcr.io': 'gcloud' },
    });
    await world.write(world.auth, { credHelpers: { 'h:4': 'podmans' } });
    for (const name of ['pass', 'other', 'podmans', 'regent', 'gcloud', 'secretservice']) {
      await world.putStore(name, { [`of-${name}:1`]: ['ada', 'p'] });
    }
    expect(await brief()).toEqual([
      ['other', 'of-other:1', 'ada', null],
      ['pass', 'of-pass:1', 'ada', null],
      ['podmans', 'of-podmans:1', 'ada', null],
    ]);
  });

  it('asks the ones docker would choose by itself where nothing is set up', async () => {
    await world.putStore('secretservice', { 'h:1': ['ada', 'p'] });
    expect(await brief()).toEqual([['secretservice', 'h:1', 'ada', null]]);
    await world.write(world.config, { credHelpers: { 'h:1': 'regent' } });
    expect(await brief()).toEqual([['secretservice', 'h:1', 'ada', null]]);
    await world.write(world.config, { auths: { 'h:1': {} } });
    expect(await brief()).toEqual([]);
  });

  it('says nothing about one that nobody chose and that does not work', async () => {
    await world.putHelper('secretservice', 'echo "Cannot autolaunch D-Bus"; exit 1');
    expect(await brief()).toEqual([]);
  });

  it('takes the label off the keys of secretservice 0.9', async () => {
    await world.write(world.config, { credsStore: 'secretservice' });
    await world.putHelper(
      'secretservice',
      `[ "$1" = list ] && echo '{"Registry credentials for h:1":"ada"}'`,
    );
    expect(await brief()).toEqual([['secretservice', 'h:1', 'ada', null]]);
  });

  it('shows docker’s own tokens, and a login that docker no longer gets from there', async () => {
    const hub = 'https://index.docker.io/v1/';
    await world.write(world.config, { credsStore: 'pass', credHelpers: { [hub]: 'regent' } });
    await world.putStore('pass', {
      [hub]: ['ada', 'p'],
      [`${hub}refresh-token`]: ['ada', 't'],
      'h:1': ['ada', 'p'],
    });
    expect((await world.find()).map(({ address, risks }) => [address, risks])).toEqual([
      ['docker.io', ['hidden']],
      ['h:1', []],
      [`${hub}refresh-token`, ['hidden']],
    ]);
  });

  it.each([
    ['gone', '', 'OTHER_HELPER_ABSENT', undefined],
    [
      'says why',
      'echo "pass not initialized"; exit 1',
      'OTHER_HELPER_FAILED',
      'pass not initialized',
    ],
    ['answers nonsense', 'echo hello', 'OTHER_HELPER_FAILED', 'answer'],
    ['answers no object', 'echo 1', 'OTHER_HELPER_FAILED', 'answer'],
    ['answers nothing', 'exit 0', 'OTHER_HELPER_FAILED', 'answer'],
    ['is killed', 'kill -9 $$', 'OTHER_HELPER_FAILED', 'exit null'],
  ])('tells a helper that %s, with the logins said to be there', async (_, body, code, detail) => {
    if (body !== '') await world.putHelper('pass', body);
    await world.write(world.config, {
      auths: { 'h:1': {}, 'h:2': {} },
      credsStore: 'pass',
      credHelpers: { 'h:2': 'regent', 'h:3': 'pass' },
    });
    const found = await world.find();
    expect(found.map(({ key, problem }) => [key, problem?.code])).toEqual([
      ['h:1', code],
      ['h:3', code],
    ]);
    if (detail !== undefined) expect(found[0]?.problem?.data).toMatchObject({ detail });
  });

  it('tells one that fails without any login known to be there', async () => {
    await world.write(world.config, { credsStore: '../../bin/sh' });
    expect(await brief()).toEqual([['../../bin/sh', '', null, 'OTHER_HELPER_ABSENT']]);
  });

  it('does not wait for one that hangs', async () => {
    await world.dispose();
    world = await makeImportWorld({}, { list: 200, get: 200 });
    await world.putHelper('pass', 'exec /bin/sleep 30');
    await world.write(world.config, { credsStore: 'pass' });
    expect(await world.find()).toMatchObject([
      { problem: { code: 'OTHER_HELPER_FAILED', data: { detail: 'timeout' } } },
    ]);
  });
});
