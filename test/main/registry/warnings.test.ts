import { describe, expect, it } from 'vitest';
import { rateLimitOf } from '../../../main/registry/rate-limit.ts';
import { warningsOf } from '../../../main/registry/warnings.ts';
import { createFakeClock } from '../../fakes/clock.ts';

const warnings = (...lines: readonly string[]) =>
  warningsOf({ rawHeaders: lines.flatMap((line) => ['Warning', line]) });

describe('warnings of a registry', () => {
  it('are those of code 299, several in a line or in lines of their own, each once', () => {
    expect(warnings('299 - "a", 299 - "b, \\"c\\""', '299 - "a"', '299 - "d"')).toEqual([
      'a',
      'b, "c"',
      'd',
    ]);
    expect(warnings()).toEqual([]);
  });

  it('are none of proxies and caches, nor what is no warning', () => {
    expect(
      warnings('110 proxy "stale"', '299 proxy "x"', '1299 - "x"', '299 - x', '299 - "'),
    ).toEqual([]);
  });

  it('are harmless and not endless', () => {
    expect(warnings('299 - "\u001b[31mred\u202e"')[0]).not.toMatch(/[\u001b\u202e]/);
    const many = Array.from({ length: 100 }, (_, index) => `299 - "${index}${'x'.repeat(500)}"`);
    expect(warnings(...many).join('').length).toBeLessThanOrEqual(4096);
    expect(warnings(`299 - "${'\\'.repeat(100_000)}`)).toEqual([]);
  });
});

describe('rate limits', () => {
  const clock = createFakeClock();
  const read = (headers: Readonly<Record<string, string>>) =>
    rateLimitOf({ rawHeaders: Object.entries(headers).flat() }, clock);

  it('are read as Docker Hub says them', () => {
    expect(read({ 'ratelimit-limit': '100;w=21600', 'RateLimit-Remaining': '76;w=21600' })).toEqual(
      { limit: 100, remaining: 76, window: 21_600, resetsAt: null },
    );
  });

  it('are read with the time of their end, as seconds since 1970 or from now', () => {
    expect(
      read({
        'X-RateLimit-Limit': '180',
        'X-RateLimit-Remaining': '0',
        'X-RateLimit-Reset': '1767323105',
      }),
    ).toEqual({ limit: 180, remaining: 0, window: null, resetsAt: 1_767_323_105_000 });
    expect(read({ 'RateLimit-Remaining': '1', 'RateLimit-Reset': '30' })).toEqual({
      limit: null,
      remaining: 1,
      window: null,
      resetsAt: clock.now() + 30_000,
    });
  });

  it('are none where there are none, or none that makes sense', () => {
    for (const remaining of ['', 'many', '-1', '1e9', '9'.repeat(40)]) {
      expect(read({ 'ratelimit-remaining': remaining })).toBeNull();
    }
    expect(read({ 'ratelimit-limit': '100' })).toBeNull();
  });
});
