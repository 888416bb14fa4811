import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openRepositoryMarks } from '../../../main/registry/marks.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { scratch } from './cache/scratch.ts';

const api = { address: 'nas:5000', repository: 'team/api' };
const web = { address: 'nas:5000', repository: 'team/web' };
const other = { address: 'lab:5000', repository: 'team/api' };

function openScene() {
  const data = scratch();
  const clock = createFakeClock();
  const open = () => openRepositoryMarks({ paths: { data }, clock });
  return { data, clock, open, marks: open() };
}

it('favourites are kept in the order of their marking, each once', async () => {
  const { marks, open } = openScene();
  await marks.mark(api, true);
  await marks.mark(web, true);
  await marks.mark(api, true);
  expect((await open().read()).favourites).toEqual([web, api]);
  expect(await marks.mark(web, false)).toEqual({ favourites: [api], recents: [] });
});

it('what was opened last comes first, each once, fifty at most', async () => {
  const { marks, clock } = openScene();
  for (let i = 0; i < 55; i += 1) await marks.noteOpened({ ...api, repository: `r${i}` });
  await marks.noteOpened(api);
  clock.advance(61_000);
  await marks.noteOpened({ ...api, repository: 'r50' });
  const { recents } = await marks.read();
  expect(recents).toHaveLength(50);
  expect(recents.slice(0, 3).map(({ repository }) => repository)).toEqual([
    'r50',
    'team/api',
    'r54',
  ]);
  expect(recents[0]?.at).toBe('2026-01-02T03:05:06.000Z');
});

it('a registry that is removed takes its own along', async () => {
  const { marks } = openScene();
  for (const one of [api, web, other]) {
    await marks.mark(one, true);
    await marks.noteOpened(one);
  }
  await marks.forget('nas:5000');
  expect(await marks.read()).toMatchObject({ favourites: [other], recents: [other] });
});

it('a damaged file is told, and not written over', async () => {
  const { data, marks } = openScene();
  writeFileSync(join(data, 'marks.json'), '{"version":2}');
  await expect(marks.read()).rejects.toHaveProperty('code', 'STATE_INVALID');
  await expect(marks.mark(api, true)).rejects.toHaveProperty('code', 'STATE_INVALID');
});
