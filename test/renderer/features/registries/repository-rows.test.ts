import { describe, expect, it } from 'vitest';
import {
  foldersIn,
  foldersOpenAtFirst,
  sortIntoFolders,
} from '../../../../renderer/features/registries/repository-folders.ts';
import {
  filterNames,
  folderAround,
  rowsOfFolders,
  rowsOfList,
} from '../../../../renderer/features/registries/repository-rows.ts';

const names = ['alone/app', 'corp/team/api', 'corp/team/web', 'tool', 'tool/cli', 'tool/gui/x'];
const say = (rows: ReturnType<typeof rowsOfList>) =>
  rows.map((row) => {
    const text = row.kind === 'folder' ? row.path : row.name;
    const mark = row.kind === 'repository' && row.isFavourite ? '*' : '';
    return `${' '.repeat(row.depth)}${text}${mark}`;
  });

describe('folders of repositories', () => {
  it('are shared beginnings of paths, as long as they go, and never hold one alone', () => {
    const top = sortIntoFolders(names);
    expect(foldersIn(top).map(({ path, count }) => [path, count])).toEqual([
      ['corp/team/', 2],
      ['tool/', 2],
    ]);
    expect(say(rowsOfFolders(top, names, [], () => true))).toEqual([
      'alone/app',
      'corp/team/',
      ' corp/team/api',
      ' corp/team/web',
      'tool',
      'tool/',
      ' tool/cli',
      ' tool/gui/x',
    ]);
  });

  it('hide what is in closed ones', () => {
    const rows = rowsOfFolders(sortIntoFolders(names), names, [], (path) => path === 'tool/');
    expect(say(rows)).toEqual([
      'alone/app',
      'corp/team/',
      'tool',
      'tool/',
      ' tool/cli',
      ' tool/gui/x',
    ]);
    const cli = rows.find((row) => row.kind === 'repository' && row.name === 'tool/cli');
    expect(cli && folderAround(rows, cli)?.id).toBe('tool/');
  });

  it('stand open at first only while the list stays short', () => {
    const many = Array.from({ length: 100 }, (_, index) => `mirror/image-${index}`);
    expect([...foldersOpenAtFirst(sortIntoFolders(['team/api', 'team/web', ...many]))]).toEqual([
      'team/',
    ]);
    expect(foldersOpenAtFirst(sortIntoFolders([])).size).toBe(0);
  });

  it('open from the top down', () => {
    const deep = ['a/x', 'a/b/y', 'a/b/z'];
    expect([...foldersOpenAtFirst(sortIntoFolders(deep))]).toEqual(['a/', 'a/b/']);
  });
});

describe('favourites', () => {
  it('stand on top of a list once, in the order of their marking', () => {
    expect(say(rowsOfList(names, ['tool', 'gone', 'corp/team/web']))).toEqual([
      'tool*',
      'corp/team/web*',
      'alone/app',
      'corp/team/api',
      'tool/cli',
      'tool/gui/x',
    ]);
  });

  it('stand on top of folders and in them, each row with an id of its own', () => {
    const rows = rowsOfFolders(sortIntoFolders(names), names, ['tool', 'tool/cli'], () => true);
    expect(say(rows)).toEqual([
      'tool*',
      'tool/cli*',
      'alone/app',
      'corp/team/',
      ' corp/team/api',
      ' corp/team/web',
      'tool/',
      ' tool/cli*',
      ' tool/gui/x',
    ]);
    expect(new Set(rows.map(({ id }) => id)).size).toBe(rows.length);
  });
});

describe('the filter of repositories', () => {
  it('looks through whole names in whatever case', () => {
    expect(filterNames(names, ' TEAM/ ')).toEqual(['corp/team/api', 'corp/team/web']);
    expect(filterNames(names, '  ')).toBe(names);
  });
});
