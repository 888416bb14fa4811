import { describe, expect, it } from 'vitest';
import { isAway } from '../../../renderer/lib/is-away.ts';
import { problem } from '../../../shared/errors/index.ts';

const address = 'nas.local:5000';

describe('a registry that is away', () => {
  it.each([
    problem('CONNECTION_REFUSED', { address }),
    problem('HOST_UNKNOWN', { host: 'nas.local' }),
    problem('RATE_LIMITED', { address, seconds: 0 }),
    problem('REGISTRY_ERROR', { address, status: 503, detail: '' }),
  ])('may come back: $code', (one) => expect(isAway(one)).toBe(true));

  it.each([
    problem('ACCESS_DENIED', { address, subject: 'team/api' }),
    problem('CERT_UNTRUSTED', { address }),
    problem('REGISTRY_ERROR', { address, status: 400, detail: '' }),
  ])('is not one that says no: $code', (one) => expect(isAway(one)).toBe(false));
});
