import { describe, expect, it } from 'vitest';
import { readTestArguments } from './test-arguments.mjs';

describe('the arguments of npm test', () => {
  it('runs everything but benchmarks and the shell when nothing is asked for', () => {
    const { chosen, rest } = readTestArguments([]);
    expect(chosen).toEqual(['check', 'unit', 'integration', 'e2e']);
    expect(rest).toEqual([]);
  });

  it('takes parts in any order and runs them in the usual one', () => {
    expect(readTestArguments(['--only', 'e2e,check']).chosen).toEqual(['check', 'e2e']);
  });

  it('hands everything else on', () => {
    expect(readTestArguments(['test/shared', '-t', 'x']).rest).toEqual(['test/shared', '-t', 'x']);
    expect(readTestArguments(['--only', 'shell', '--', 'ls', '-l']).rest).toEqual(['ls', '-l']);
  });

  it('names a part that does not exist', () => {
    expect(() => readTestArguments(['--only', 'units'])).toThrow('not "units"');
  });
});
