import { describe, expect, it } from 'vitest';
import { readPages } from '../../../main/registry/paging.ts';
import type { HttpAnswer } from '../../../main/registry/transport/exchange.ts';
import { collect } from './open-fake.ts';

const first = new URL('https://r.test/v2/_catalog');

/** A list of pages, each of which links to the next one, as often as one is asked for. */
const read = (pageOf: (n: number) => readonly unknown[] | undefined) => {
  let asked = 0;
  const fetch = async (url: URL) => {
    const names = pageOf(asked) ?? [];
    asked += 1;
    const isLast = pageOf(asked) === undefined;
    const rawHeaders = isLast ? [] : ['link', `</v2/_catalog?last=${asked}>; rel="next"`];
    return { answer: { url, rawHeaders, status: 200 } as unknown as HttpAnswer, names };
  };
  const isName = (name: string) => /^[a-z]+$/.test(name);
  return collect(readPages({ address: 'r.test', first, isName, fetch }));
};
const pages = (...all: readonly (readonly unknown[])[]) => read((n) => all[n]);

describe('paging through a list', () => {
  it('gives each name once, sorted or not', async () => {
    expect(await pages(['a', 'b'], ['b', 'c'])).toEqual([['a', 'b'], ['c']]);
    expect(await pages(['c', 'a'], ['a', 'b'])).toEqual([['c', 'a'], ['b']]);
  });

  it('goes on past what are no names', async () => {
    expect(await pages(['a'], ['Upper', 7, null], ['b'])).toEqual([['a'], ['b']]);
  });

  it('ends at a page that has nothing new, be it no names', async () => {
    expect(await read((n) => (n === 0 ? ['a', 'Upper'] : ['Upper']))).toEqual([['a']]);
  });
});
