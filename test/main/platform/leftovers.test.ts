import { chown, mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  findLeftovers,
  removeLeftovers,
  temporaryBeside,
} from '../../../main/platform/leftovers.ts';
import { describeUnless, whyNotRoot } from '../../lab/index.ts';

let folder: string;
let path: string;
const leftover = (n: number) => join(folder, `.config.json.00000000000${n}`);
const left = async () => (await readdir(folder)).sort();

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'regent-leftovers-'));
  path = join(folder, 'config.json');
});
afterEach(() => rm(folder, { recursive: true }));

describe('what killed writes left behind', () => {
  it('is known by its name', async () => {
    const names = [temporaryBeside(path), temporaryBeside(path)];
    for (const name of names) await writeFile(name, '');
    expect([...(await findLeftovers(path))].sort()).toEqual(names.toSorted());
    expect(await findLeftovers(join(folder, 'other.json'))).toEqual([]);
  });

  it('is removed, and nothing else', async () => {
    await writeFile(path, '{}');
    await writeFile(leftover(1), '');
    await writeFile(leftover(2), '');
    await writeFile(join(folder, '.config.json.mine'), '');
    await writeFile(join(folder, '.other.json.000000000001'), '');
    expect([...(await findLeftovers(path))].sort()).toEqual([leftover(1), leftover(2)]);
    await removeLeftovers(path);
    expect(await left()).toEqual(['.config.json.mine', '.other.json.000000000001', 'config.json']);
  });

  it('is no folder, whatever its name, and of a link the link alone', async () => {
    await mkdir(leftover(1));
    await writeFile(path, '{}');
    await symlink(path, leftover(2));
    await writeFile(leftover(3), '');
    await removeLeftovers(path);
    expect(await left()).toEqual(['.config.json.000000000001', 'config.json']);
    expect(await findLeftovers(path)).toEqual([]);
  });

  it('is nothing in a folder that is not there', async () => {
    await removeLeftovers(join(folder, 'none', 'config.json'));
  });
});

describeUnless(whyNotRoot, 'what a killed write left behind, with other owners', () => {
  it('is found whosever it is, but removed only for its own user, or the file’s owner by root', async () => {
    await writeFile(leftover(1), '');
    await chown(leftover(1), 12345, 12345);
    await removeLeftovers(path);
    await writeFile(path, '{}');
    await removeLeftovers(path);
    expect(await findLeftovers(path)).toEqual([leftover(1)]);
    await chown(path, 12345, 12345);
    await removeLeftovers(path);
    expect(await left()).toEqual(['config.json']);
  });
});
