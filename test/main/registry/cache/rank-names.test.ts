import { describe, expect, it } from 'vitest';
import { type Candidate, rankNames } from '../../../../main/registry/cache/rank-names.ts';

const one = (repository: string, more: Partial<Candidate> = {}): Candidate => ({
  ...{ address: 'nas:5000', repository, favourite: false, recent: false },
  ...more,
});
const namesFor = (candidates: readonly Candidate[], text: string, limit = 100) =>
  rankNames(candidates, text, limit).map(({ address, repository }) =>
    address === 'nas:5000' ? repository : `${address}/${repository}`,
  );

describe('looking for a repository', () => {
  it('puts the likeliest first', () => {
    const all = [
      'old/legacy-api',
      'api/gateway',
      'team/apiary',
      'team/api',
      'api',
      'rapid/web',
      'team/web',
    ].map((name) => one(name));
    expect(namesFor(all, 'api')).toEqual([
      'api',
      'team/api',
      'team/apiary',
      'api/gateway',
      'old/legacy-api',
      'rapid/web',
    ]);
    expect(namesFor(all, 'API', 2)).toEqual(['api', 'team/api']);
  });

  it('looks for several words anywhere, the registry among them', () => {
    const all = [one('team/api'), one('team/api', { address: 'lab:5000' }), one('team/web')];
    expect(namesFor(all, 'lab api')).toEqual(['lab:5000/team/api']);
    expect(namesFor(all, 'lab:5000/team/api')).toEqual(['lab:5000/team/api']);
    expect(namesFor(all, 'team nothing')).toEqual([]);
  });

  it('prefers favourites, then what was opened lately, then short names, then the usual order', () => {
    const all = [
      one('b/app-10'),
      one('b/app-9'),
      one('b/app-longer'),
      one('b/app-recent', { recent: true }),
      one('b/app-favourite', { favourite: true }),
    ];
    expect(namesFor(all, 'app')).toEqual([
      'b/app-favourite',
      'b/app-recent',
      'b/app-9',
      'b/app-10',
      'b/app-longer',
    ]);
  });

  it('shows favourites and what was opened lately before anything is typed', () => {
    const all = [one('a'), one('long/favourite', { favourite: true }), one('bb', { recent: true })];
    expect(namesFor(all, ' ')).toEqual(['long/favourite', 'bb', 'a']);
  });
});
