import { describe, expect, it } from 'vitest';
import { otherImages } from '../../../../renderer/features/image/other-images.ts';

const here = { address: 'nas.local:5000', repository: 'team/api', reference: '1.9' };
const attached = `sha256-${'a'.repeat(64)}.sig`;
const tags = ['1.10', '1.9', attached, 'latest', '2.0'];
const others = (text: string) => otherImages(text, here, tags, ['nas.local:5000', 'open.local']);

describe('what an image can be compared with', () => {
  it('are the other tags of its repository, newest first, without attachments', () => {
    expect(others('').map(({ name }) => name)).toEqual(['latest', '2.0', '1.10']);
    expect(others(' 1.').map(({ place }) => place)).toEqual([{ ...here, reference: '1.10' }]);
  });

  it('is any image that is written out, of this registry or of one that is named', () => {
    expect(others('team/web:3').map(({ place }) => place)).toEqual([
      { ...here, repository: 'team/web', reference: '3' },
    ]);
    const digest = `sha256:${'b'.repeat(64)}`;
    expect(others(`open.local/web@${digest}`).map(({ place }) => place)).toEqual([
      { address: 'open.local', repository: 'web', reference: digest },
    ]);
  });

  it('is nothing while a text names no image', () => {
    expect(others('team/web')).toEqual([]);
    expect(others('team/web:')).toEqual([]);
    expect(others('Team/Web:1')).toEqual([]);
  });
});
