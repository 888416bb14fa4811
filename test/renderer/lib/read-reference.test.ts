import { describe, expect, it } from 'vitest';
import { routeOfReference } from '../../../renderer/lib/read-reference.ts';

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
