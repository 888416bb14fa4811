import { describe, expect, it } from 'vitest';
import {
  inGroups,
  matchItems,
  type PaletteItem,
} from '../../../../renderer/features/palette/palette-item.ts';
import { routeOfReference } from '../../../../renderer/features/palette/read-reference.ts';

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

describe('a written reference', () => {
  const route = (text: string) => routeOfReference(text, ['nas.local:5000']);
  const place = { address: 'nas.local:5000', repository: 'team/api' };

  it('leads to a repository, or to the image it names', () => {
    expect(route(' nas.local:5000/team/api ')).toEqual({ screen: 'repository', ...place });
    expect(route('nas.local:5000/team/api:2.4.1')).toEqual({
      screen: 'image',
      ...place,
      reference: '2.4.1',
    });
    const digest = `sha256:${'a'.repeat(64)}`;
    expect(route(`nas.local:5000/team/api:2@${digest}`)).toEqual({
      screen: 'image',
      ...place,
      reference: digest,
    });
  });

  it('leads nowhere while it is none, or is of another registry', () => {
    expect(route('nas.local:5000/')).toBeNull();
    expect(route('nas.local:5000/Team')).toBeNull();
    expect(route('other.local/team/api')).toBeNull();
    expect(route('team/api')).toBeNull();
  });
});
