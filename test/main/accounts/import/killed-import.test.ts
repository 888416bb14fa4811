import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { type Life, step } from './dying-files.ts';
import { type ImportWorld, makeImportWorld, never, pair } from './import-world.ts';

const life = vi.hoisted((): Life => ({ left: Number.POSITIVE_INFINITY }));

vi.mock('node:fs/promises', async (original) => {
  const real = await original<typeof import('node:fs/promises')>();
  // This runs before the imports above.
  const { dyingFiles } = await import('./dying-files.ts');
  const dying = dyingFiles(real, life);
  return { ...dying, default: dying };
});

const logins = [
  ['h:1', 'ada', 'first-secret'],
  ['h:2', 'bob', 'second-secret'],
] as const;

/** Two logins in one file, of which the first is being taken over. */
async function makeWorld(place: 'config' | 'auth'): Promise<ImportWorld> {
  const world = await makeImportWorld();
  const auths = logins.map(([address, user, secret]) => [address, { auth: pair(user, secret) }]);
  await world.write(world[place], { auths: Object.fromEntries(auths), x: [1] });
  return world;
}

/** Whether every login is somewhere, and the file whole. */
async function expectNothingLost(world: ImportWorld, place: 'config' | 'auth'): Promise<void> {
  const file = JSON.parse(await world.read(world[place]));
  expect(file.x).toEqual([1]);
  for (const [address, user, secret] of logins) {
    const kept = await world.accounts.credentialsFor(address, user);
    const isThere = file.auths[address]?.auth === pair(user, secret) || kept?.password === secret;
    expect(isThere, `the login for ${address}`).toBe(true);
  }
}

async function everyFile(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const texts = files.map((entry) => readFile(join(entry.parentPath, entry.name), 'utf8'));
  return (await Promise.all(texts)).join('\n');
}

it.each(['config', 'auth'] as const)(
  'loses no login of a %s.json wherever it is killed, and the next import finishes',
  async (place) => {
    let isDone = false;
    let steps = 0;
    for (; !isDone; steps += 1) {
      const world = await makeWorld(place);
      const [first] = await world.find();
      world.keychain.before = () => step(life);
      world.route = async () => {
        step(life);
        return null;
      };
      life.left = steps;
      const taken = await world.imports.take([first?.id ?? ''], never).catch(() => undefined);
      isDone = life.left >= 0;
      if (isDone) expect(taken).toMatchObject([{ imported: true, plaintextRemoved: true }]);
      life.left = Number.POSITIVE_INFINITY;

      await expectNothingLost(world, place);
      expect((await world.takeAll()).every(({ plaintextRemoved }) => plaintextRemoved)).toBe(true);
      await expectNothingLost(world, place);
      const text = await everyFile(world.root);
      for (const [, user, secret] of logins) {
        expect(text).not.toContain(secret);
        expect(text).not.toContain(pair(user, secret));
      }
      await world.dispose();
    }
    expect(steps).toBeGreaterThan(40);
  },
  120_000,
);
