import { chmodSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeptLists } from '../../../../main/registry/cache/kept-lists.ts';
import type { Tag } from '../../../../shared/model/image.ts';
import { createFakeClock } from '../../../fakes/clock.ts';
import { scratch } from './scratch.ts';

const ada = { address: 'nas:5000', user: 'ada' };
const at = '2026-01-02T03:04:05.000Z';
const tagOf = (name: string, digit = 'a'): Tag => ({
  name,
  digest: `sha256:${digit.repeat(64)}`,
  mediaType: 'application/vnd.oci.image.manifest.v1+json',
  size: 7,
  created: null,
  platforms: ['linux/amd64'],
});

function openScene() {
  const cache = join(scratch(), 'regent');
  const clock = createFakeClock();
  const open = () => createKeptLists({ cache, clock });
  const files = () =>
    readdirSync(join(cache, 'lists'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  return { cache, clock, open, lists: open(), files };
}

describe('lists that were kept', () => {
  it('are found again, by another process too, with their time', async () => {
    const { open, lists, clock } = openScene();
    expect(await lists.repositories(ada)).toBeNull();
    expect(await lists.tags(ada, 'x')).toBeNull();
    lists.noteRepositories(ada, ['x', 'team/y']);
    lists.noteTags(ada, 'x', ['1', '2']);
    lists.noteTag(ada, 'x', tagOf('2'));
    const tags = { tags: ['1', '2'], details: [tagOf('2')], at };
    expect(await lists.tags(ada, 'x')).toEqual(tags);
    await lists.settled();
    clock.advance(1000);
    for (const one of [lists, open()]) {
      expect(await one.repositories(ada)).toEqual({ repositories: ['x', 'team/y'], at });
      expect(await one.tags(ada, 'x')).toEqual(tags);
    }
  });

  it('are those of one login on one registry', async () => {
    const { lists } = openScene();
    lists.noteRepositories(ada, ['x']);
    lists.noteTags(ada, 'x', ['1']);
    for (const other of [
      { ...ada, user: 'eve' },
      { ...ada, user: null },
      { ...ada, address: 'nas:5001' },
    ]) {
      expect(await lists.repositories(other)).toBeNull();
      expect(await lists.tags(other, 'x')).toBeNull();
    }
  });

  it('lose the details of tags that are gone, and take newer ones', async () => {
    const { lists, open } = openScene();
    lists.noteTags(ada, 'x', ['1', '2']);
    for (const name of ['1', '2', 'other']) lists.noteTag(ada, 'x', tagOf(name));
    await lists.settled();
    const second = open();
    second.noteTags(ada, 'x', ['2', '3']);
    second.noteTag(ada, 'x', tagOf('2', 'b'));
    await second.settled();
    expect(await lists.tags(ada, 'x')).toMatchObject({
      ...{ tags: ['2', '3'], details: [tagOf('2', 'b')] },
    });
  });

  it('two processes add what each has learned', async () => {
    const { lists, open } = openScene();
    lists.noteTags(ada, 'x', ['1', '2']);
    await lists.settled();
    const second = open();
    lists.noteTag(ada, 'x', tagOf('1'));
    second.noteTag(ada, 'x', tagOf('2'));
    await lists.settled();
    await second.settled();
    expect((await open().tags(ada, 'x'))?.details).toHaveLength(2);
  });

  it('follow what is changed from here, and stay as old as they were', async () => {
    const { lists, clock } = openScene();
    await lists.noteChange(ada, 'x', { come: ['1'] });
    expect(await lists.tags(ada, 'x')).toBeNull();
    lists.noteTags(ada, 'x', ['1', '2', '9']);
    lists.noteTag(ada, 'x', tagOf('2'));
    await lists.settled();
    clock.advance(86_400_000);
    await lists.noteChange(ada, 'x', { gone: ['2', 'other'] });
    await lists.noteChange(ada, 'x', { come: ['10', '9'] });
    expect(await lists.tags(ada, 'x')).toEqual({ tags: ['1', '9', '10'], details: [], at });
  });

  it('a detail alone makes no list', async () => {
    const { lists } = openScene();
    lists.noteTag(ada, 'x', tagOf('1'));
    await lists.settled();
    expect(await lists.tags(ada, 'x')).toBeNull();
  });

  it('can be forgotten: a repository, a registry, all', async () => {
    const { lists } = openScene();
    const nas = { address: 'other:5000', user: null };
    for (const viewer of [ada, nas]) {
      lists.noteRepositories(viewer, ['x', 'y']);
      lists.noteTags(viewer, 'x', ['1']);
      lists.noteTags(viewer, 'y', ['1']);
    }
    await lists.forgetTags(ada, 'x');
    expect(await lists.tags(ada, 'x')).toBeNull();
    expect(await lists.tags(ada, 'y')).not.toBeNull();
    await lists.forget(ada.address);
    expect(await lists.repositories(ada)).toBeNull();
    expect(await lists.tags(ada, 'y')).toBeNull();
    expect(await lists.repositories(nas)).not.toBeNull();
    expect(await lists.size()).toBeGreaterThan(0);
    await lists.clear();
    expect(await lists.repositories(nas)).toBeNull();
    expect(await lists.size()).toBe(0);
  });
});

describe('files of lists', () => {
  it('are for this user alone', async () => {
    const { lists, cache, files } = openScene();
    lists.noteRepositories(ada, ['x']);
    await lists.settled();
    expect(statSync(join(cache, 'lists')).mode & 0o777).toBe(0o700);
    for (const file of files()) expect(statSync(file).mode & 0o777).toBe(0o600);
    // What is looked at is nobody's business, not even by the names of files.
    expect(files().join()).not.toMatch(/nas|ada/);
  });

  it('that are damaged are as good as none, and written anew', async () => {
    const { lists, open, files } = openScene();
    lists.noteRepositories(ada, ['x']);
    lists.noteTags(ada, 'x', ['1']);
    await lists.settled();
    await fc.assert(
      fc.asyncProperty(fc.oneof(fc.string(), fc.json()), async (text) => {
        for (const file of files()) writeFileSync(file, text);
        expect(await open().repositories(ada)).toBeNull();
        expect(await open().tags(ada, 'x')).toBeNull();
      }),
      { numRuns: 20 },
    );
    lists.noteRepositories(ada, ['x']);
    expect(await lists.repositories(ada)).not.toBeNull();
  });

  it('that are about something else are not taken', async () => {
    const { lists, open, files } = openScene();
    lists.noteRepositories(ada, ['x']);
    await lists.settled();
    const [file = ''] = files();
    writeFileSync(
      file,
      JSON.stringify({
        ...{ version: 1, at, repositories: ['x'] },
        about: { address: 'nas:5000', user: 'eve', repository: null },
      }),
    );
    expect(await open().repositories(ada)).toBeNull();
  });

  it('never fail anybody where nothing can be written', async () => {
    const { lists, cache } = openScene();
    mkdirSync(join(cache, '..'), { recursive: true });
    writeFileSync(cache, '');
    lists.noteRepositories(ada, ['x']);
    lists.noteTags(ada, 'x', ['1']);
    await lists.settled();
    expect(await lists.repositories(ada)).toBeNull();
    await lists.forgetTags(ada, 'x');
    await lists.forget(ada.address);
    expect(await lists.size()).toBe(0);
  });

  it('are not read from a folder that others may write to', async () => {
    const { lists, open, cache } = openScene();
    lists.noteRepositories(ada, ['x']);
    await lists.settled();
    chmodSync(cache, 0o777);
    expect(await open().repositories(ada)).toBeNull();
  });
});
