import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { boxOf, lineOf, sumOf, tallyOf } from './test-tally.mjs';

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
    expect(tallyOf(path, 1)).toEqual({ passed: 3, failed: 2, skipped: 2 });
  });

  it('counts a file that could not be loaded as one failure', () => {
    const unloaded = { status: 'failed', assertionResults: [] };
    const path = reportOf({ ...numbers, testResults: [unloaded, unloaded] });
    expect(tallyOf(path, 1).failed).toBe(2);
  });

  it('never calls a run clean that ended badly or left no report', () => {
    expect(tallyOf(reportOf({ ...numbers, testResults: [] }), 1).failed).toBe(1);
    expect(tallyOf(join(folder, 'absent.json'), 0).failed).toBe(1);
  });

  it('is said in one plain line', () => {
    const one = { passed: 1, failed: 0, skipped: 2 };
    expect(lineOf(sumOf([one, one]))).toBe('2 passed, 0 failed, 4 skipped');
    expect(lineOf(sumOf([]))).toBe('0 passed, 0 failed, 0 skipped');
  });

  it('draws a box as wide as its longest note', () => {
    const lines = boxOf(['the lab: it needs Linux']).trim().split('\n');
    expect(new Set(lines.map((line) => line.length)).size).toBe(1);
    expect(lines.join('\n')).toContain('| - the lab: it needs Linux');
  });
});
