import { describe, expect, it } from 'vitest';
import { blamedAddress } from '../../../../renderer/features/compare/blamed-address.ts';
import { problem } from '../../../../shared/errors/index.ts';

const at = (address: string) => ({ address, repository: 'team/api', reference: '1.0' });
const both = { left: at('nas.local:5000'), right: at('open.local') };

describe('the registry that a problem with two images is about', () => {
  it('is the second one’s where the problem names it', () => {
    const denied = problem('SIGN_IN_REQUIRED', { address: 'open.local' });
    expect(blamedAddress(denied, both)).toBe('open.local');
  });

  it('is the first one’s otherwise, also where the problem names a third', () => {
    const elsewhere = problem('SIGN_IN_REQUIRED', { address: 'tokens.example.com' });
    expect(blamedAddress(elsewhere, both)).toBe('nas.local:5000');
    expect(blamedAddress(problem('IMAGE_TOO_LARGE', { entries: 1 }), both)).toBe('nas.local:5000');
  });
});
