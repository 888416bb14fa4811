import { expect, it } from 'vitest';
import { viewOfText } from '../../../../../renderer/features/registries/hub/hub-view.ts';

it.each([
  ['  ', null],
  ['postgres', { kind: 'search', query: 'postgres' }],
  [' grafana/loki ', { kind: 'search', query: 'grafana/loki' }],
  ['Grafana/', { kind: 'namespace', name: 'grafana' }],
  ['two words/', { kind: 'search', query: 'two words/' }],
  ['/', { kind: 'search', query: '/' }],
])('%j shows %j', (text, view) => {
  expect(viewOfText(text)).toEqual(view);
});
