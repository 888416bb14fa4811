import { describe, expect, it } from 'vitest';
import { sayProblem } from '../../../main/helper/say-problem.ts';
import { RegentError } from '../../../shared/errors/index.ts';

describe('an error of the helper', () => {
  const failed = new RegentError('KEYCHAIN_FAILED', { detail: 'The stub\nreceived bad data' });

  it('is one line of sentences', () => {
    const line = sayProblem(failed, {});
    expect(line).toContain('It reports: The stub received bad data. ');
    expect(line).not.toContain('\n');
  });

  it('has nothing in it that a terminal takes for a command, or that turns the direction', () => {
    const detail = '\u001b]0;owned\u0007\u001b[2J \u202egnp.exe\u2066\u009b31m\u200b';
    const line = sayProblem(new RegentError('KEYCHAIN_FAILED', { detail }), {});
    expect(line).toContain('gnp.exe');
    expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });

  it('is in the language of the environment, the strongest variable first', () => {
    const [en, ko, pl] = ['C', 'ko_KR.UTF-8', 'pl_PL.UTF-8'].map((LANG) =>
      sayProblem(failed, { LANG }),
    );
    expect(new Set([en, ko, pl]).size).toBe(3);
    expect(sayProblem(failed, { LANG: 'pl_PL', LC_ALL: 'ko_KR' })).toBe(ko);
    expect(sayProblem(failed, { LANG: 'pl_PL', LC_ALL: '' })).toBe(pl);
  });

  it('tells nothing about what was not thrown on purpose', () => {
    expect(sayProblem(new Error('secret'), {})).not.toContain('secret');
  });
});
