import { describe, expect, it } from 'vitest';
import { problem } from '../../../shared/errors/index.ts';
import {
  chooseLocale,
  createTranslator,
  daysUntil,
  explain,
  formatAge,
  formatBytes,
  formatClock,
  formatDate,
} from '../../../shared/i18n/index.ts';

describe('the language', () => {
  it.each([
    [['ko-KR', 'en'], 'ko'],
    [['pl_PL.UTF-8'], 'pl'],
    [['de-DE', 'pl'], 'pl'],
    [['C.UTF-8'], 'en'],
    [[], 'en'],
  ] as const)('for %j is %s', (preferred, locale) => {
    expect(chooseLocale(preferred)).toBe(locale);
  });
});

describe('a translator', () => {
  it('uses the plural forms of its language', () => {
    const t = createTranslator('pl');
    const say = (days: number) => t('common.certificate.daysLeft', { days });
    expect([1, 2, 5, 22, 112].map(say)).toEqual([
      'został 1 dzień',
      'zostały 2 dni',
      'zostało 5 dni',
      'zostały 22 dni',
      'zostało 112 dni',
    ]);
  });

  it('shows text of others as it is, never as a message of its own', () => {
    const t = createTranslator('en');
    const { what } = explain(t, problem('HOST_UNKNOWN', { host: '{evil} <b>' }));
    expect(what).toContain('{evil} <b>');
  });

  it('joins lists as its language does', () => {
    const data = { address: 'nas:1', host: 'nas', names: ['a', 'b', 'c'] };
    const { why } = explain(createTranslator('en'), problem('CERT_NAME_MISMATCH', data));
    expect(why).toContain('a, b, and c');
  });
});

describe('numbers and times', () => {
  it('are written for people', () => {
    expect(formatBytes('en', 84_000_000)).toBe('84 MB');
    expect(formatBytes('en', 1_234_567)).toBe('1.2 MB');
    expect(formatBytes('en', 0)).toBe('0 bytes');
    expect(formatDate('en', '2026-02-01T23:59:59Z')).toBe('Feb 1, 2026');
    const now = Date.parse('2026-02-03T12:00:00Z');
    expect(formatAge('en', '2026-02-03T10:00:00Z', now)).toBe('2 hours ago');
    const noon = new Date(2026, 1, 3, 12).getTime();
    expect(formatClock('en', noon + 600_000, noon)).toMatch(/^12:10\sPM$/);
    expect(formatClock('en', noon + 86_400_000, noon)).toMatch(/^Feb 4, 2026, 12:00\sPM$/);
    expect(daysUntil('2026-02-05T11:00:00Z', now)).toBe(1);
    expect(daysUntil('2026-02-02T11:00:00Z', now)).toBe(-2);
  });

  it('stay as they are when they are none', () => {
    expect(formatDate('en', 'soon')).toBe('soon');
    expect(formatAge('en', 'soon', 0)).toBe('soon');
  });
});
