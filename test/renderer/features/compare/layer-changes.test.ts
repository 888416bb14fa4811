import { describe, expect, it } from 'vitest';
import { bytesOf, layerChanges } from '../../../../renderer/features/compare/layer-changes.ts';
import type { Layer } from '../../../../shared/model/image-details.ts';

const layer = (digest: string, changes: Partial<Layer> = {}): Layer => ({
  ...{ digest, mediaType: 'x', size: 10, createdBy: null, foreign: false },
  ...changes,
});

describe('the layers of two images', () => {
  it('are those in common first, then what only the first one has, then what only the second one has', () => {
    const changes = layerChanges({
      ...{ shared: [layer('a'), layer('b')], onlyLeft: [layer('c')], onlyRight: [layer('d')] },
      ...{ toFetch: null, config: [] },
    });
    expect(changes.map(({ kind, layer: { digest } }) => `${kind} ${digest}`)).toEqual([
      ...['shared a', 'shared b', 'removed c', 'added d'],
    ]);
  });

  it('weigh what is stated and kept in the registry', () => {
    const others = [layer('b', { size: null }), layer('c', { foreign: true })];
    expect(bytesOf([layer('a'), ...others])).toBe(10);
  });
});
