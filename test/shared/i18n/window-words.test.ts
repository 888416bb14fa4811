import { describe, expect, it } from 'vitest';
import { catalogues } from '../../../shared/i18n/catalogues.ts';
import { messages as en } from '../../../shared/i18n/window/en.ts';
import { messages as ko } from '../../../shared/i18n/window/ko.ts';
import { messages as pl } from '../../../shared/i18n/window/pl.ts';
import { productSources } from '../../check/sources.ts';

describe('the words that the window loads', () => {
  const elsewhere = Object.keys(catalogues.en).filter((namespace) => !(namespace in en));

  it('are the same namespaces in every language', () => {
    expect(Object.keys(ko)).toEqual(Object.keys(en));
    expect(Object.keys(pl)).toEqual(Object.keys(en));
  });

  it('are all that its sources ask for', () => {
    expect(elsewhere).toContain('cli');
    const keys = new RegExp(`['\`](?:${elsewhere.join('|')})\\.[a-z]`);
    const asking = productSources().filter(({ path }) => path.startsWith('renderer/'));
    expect(asking.length).toBeGreaterThan(0);
    expect(asking.filter(({ text }) => keys.test(text)).map(({ path }) => path)).toEqual([]);
  });
});
