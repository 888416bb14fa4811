import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hrefOf, type Route, readRoute } from '../../../renderer/lib/routes.ts';

const routes: readonly Route[] = [
  { screen: 'home' },
  { screen: 'add', text: '', demo: false },
  { screen: 'add', text: 'docker pull nas.local:5000/team/api:2 # & ? /', demo: false },
  { screen: 'add', text: '', demo: true },
  { screen: 'registry', address: '[fd00::1]:5000' },
  { screen: 'repository', address: 'nas.local:5000', repository: 'team/api' },
  {
    ...{ screen: 'image', address: 'nas.local:5000', repository: 'team/api' },
    reference: `sha256:${'a'.repeat(64)}`,
  },
  {
    screen: 'compare',
    left: { address: 'nas.local:5000', repository: 'team/api', reference: '1.0' },
    right: {
      ...{ address: 'open.local', repository: 'web', reference: `sha256:${'b'.repeat(64)}` },
      platform: 'linux/arm64',
    },
  },
  { screen: 'images' },
  { screen: 'trust' },
  { screen: 'accounts' },
  { screen: 'settings' },
];

describe('routes in the URL', () => {
  it.each(routes)('come back as they were: %o', (route) => {
    expect(readRoute(hrefOf(route))).toEqual(route);
  });

  it('keep any text that was pasted', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const route: Route = { screen: 'add', text, demo: false };
        expect(readRoute(hrefOf(route))).toEqual(route);
      }),
    );
  });

  it('lead home from anything else', () => {
    fc.assert(
      fc.property(fc.string(), (noise) => {
        expect(readRoute(`#/nowhere/${noise}`)).toEqual({ screen: 'home' });
      }),
    );
    expect(readRoute('')).toEqual({ screen: 'home' });
    expect(readRoute('#/registry/%E0%A4%A')).toEqual({ screen: 'home' });
    expect(readRoute('#/compare/nas.local%3A5000/team%2Fapi/1.0//nas.local%3A5000')).toEqual({
      screen: 'home',
    });
  });
});
