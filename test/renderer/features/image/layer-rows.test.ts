import { describe, expect, it } from 'vitest';
import { layerRows } from '../../../../renderer/features/image/layer-rows.ts';
import type { ImageDetails, Layer } from '../../../../shared/model/image-details.ts';
import { imageDetails } from '../../harness/image-details.ts';

const details = imageDetails('team/api', 'latest');
const rowsOf = (changes: Partial<NonNullable<ImageDetails['image']>>) => {
  if (!details.image) throw new Error('the imagined tag has an image');
  return layerRows({ ...details, image: { ...details.image, ...changes } });
};

describe('the steps of an image', () => {
  it('are those of its history, with the layer that each made', () => {
    const rows = layerRows(details);
    expect(rows.map(({ step }) => step)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.at(-1)).toMatchObject({ layer: null, size: null });
    expect(rows[0]?.size).toBe(3_620_000);
  });

  it('are its layers alone where there is no history', () => {
    const rows = rowsOf({ history: [] });
    expect(rows).toHaveLength(details.image?.layers.length ?? 0);
    expect(rows.every(({ layer }) => layer !== null)).toBe(true);
  });

  it('leave out no layer that the history does not tell of', () => {
    const extra: Layer = {
      ...{ digest: 'sha256:extra', mediaType: 'x', size: 7, createdBy: null, foreign: true },
    };
    const rows = rowsOf({ layers: [...(details.image?.layers ?? []), extra] });
    expect(rows.find(({ layer }) => layer === extra.digest)).toMatchObject({
      ...{ size: 7, foreign: true, instruction: '' },
    });
  });

  it('are none for what is no image', () => {
    expect(layerRows({ ...details, image: null })).toEqual([]);
  });
});
