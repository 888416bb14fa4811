import { describe, expect, it } from 'vitest';
import {
  inGroups,
  matchItems,
  type PaletteItem,
} from '../../../../renderer/features/palette/palette-item.ts';

const item = (group: PaletteItem['group'], label: string): PaletteItem => ({
  id: label,
  group,
  label,
  icon: null,
  run: () => undefined,
});
const say = (items: readonly PaletteItem[]) => items.map(({ label }) => label);

describe('the lines of the palette', () => {
  it('have every word of the text, in any order and case', () => {
    const items = [item('action', 'Add registry'), item('screen', 'Registries')];
    expect(say(matchItems(items, 'REGI add'))).toEqual(['Add registry']);
    expect(say(matchItems(items, ' '))).toEqual(['Add registry', 'Registries']);
    expect(matchItems(items, 'trust')).toEqual([]);
  });

  it('stand in groups, what is written out and repositories first', () => {
    const items = [item('screen', 's'), item('repository', 'b'), item('repository', 'a')];
    expect(say(inGroups([...items, item('open', 'o')]))).toEqual(['o', 'b', 'a', 's']);
  });
});
