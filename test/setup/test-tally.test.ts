import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { boxOf, endOf, sumOf, tallyOf } from './test-tally.mjs';

const folder = mkdtempSync(join(tmpdir(), 'tally-'));
afterAll(() => rmSync(folder, { recursive: true }));

function reportOf(report: object): string {
  const path = join(folder, 'report.json');
  writeFileSync(path, JSON.stringify(report));
  return path;
}

const numbers = { numPassedTests: 3, numFailedTests: 0, numPendingTests: 1, numTodoTests: 1 };

describe('the tally of a test run', () => {
  it('counts passed, failed, and skipped or planned tests', () => {
    const path = reportOf({ ...numbers, numFailedTests: 2, testResults: [] });
    expect(tallyOf(path, 1)).toMatchObject({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const unloaded = { name: 'a.test.ts', status: 'failed', message: '', assertionResults: [] };
    const path = reportOf({ ...numbers, testResults: [unloaded, unloaded] });
    expect(tallyOf(path, 1).failed).toBe(2);
  });

  it('never calls a run clean that ended badly or left no report', () => {
    expect(tallyOf(reportOf({ ...numbers, testResults: [] }), 1).failed).toBe(1);
    expect(tallyOf(join(folder, 'absent.json'), 0).failed).toBe(1);
  });

  it('ends in one plain line', () => {
    const one = { passed: 1, failed: 0, skipped: 2, failures: [] };
    expect(endOf(sumOf([one, one]))).toBe('2 passed, 0 failed, 4 skipped');
    expect(endOf(sumOf([]))).toBe('0 passed, 0 failed, 0 skipped');
  });

  it('names what failed, and why, before that line', () => {
    const failed = { status: 'failed', fullName: 'one and one is two', failureMessages: ['not 3'] };
    const file = { name: 'sum.test.ts', status: 'failed', message: '', assertionResults: [failed] };
    const path = reportOf({ ...numbers, numFailedTests: 1, testResults: [file] });
    expect(endOf(tallyOf(path, 1)).split('\n')).toEqual([
      'FAILED sum.test.ts: one and one is two',
      '    not 3',
      '3 passed, 1 failed, 2 skipped',
    ]);
  });

  it('draws a box as wide as its longest note', () => {
    const lines = boxOf(['the lab: it needs Linux']).trim().split('\n');
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines.join('\n')).toContain('| - the lab: it needs Linux');
  });
});
