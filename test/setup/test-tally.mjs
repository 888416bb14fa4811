import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/** @typedef {{ passed: number, failed: number, skipped: number, failures: readonly string[] }} Tally */

/** @type {Tally} */
export const nothing = { passed: 0, failed: 0, skipped: 0, failures: [] };

/**
 * @typedef {{ status: string, fullName: string, failureMessages?: string[] }} VitestTest
 * @typedef {{ name: string, status: string, message: string, assertionResults: VitestTest[] }} VitestFile
 * @typedef {{ success: boolean, numPassedTests: number, numFailedTests: number, numPendingTests: number,
 *   numTodoTests: number, testResults: VitestFile[] }} VitestReport
 */

/**
 * Counts one vitest run from its JSON report. A run that failed never counts as no failure: a file that could not be
 * loaded is one, an error outside of any test is one, a report that is not there is one.
 * @param {string} path of the report @param {number} status vitest's exit status @returns {Tally}
 */
export function tallyOf(path, status) {
  const report = readReport(path);
  if (report === undefined) return { ...nothing, failed: 1 };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  );
  const failed = report.numFailedTests + unloaded.length;
  return {
    passed: report.numPassedTests,
    failed: status === 0 ? failed : Math.max(1, failed),
    skipped: report.numPendingTests + report.numTodoTests,
    failures: [
      ...unloaded.map(({ name, message }) => failureOf(name, 'could not be loaded', message)),
      ...report.testResults.flatMap(({ name, assertionResults }) =>
        assertionResults
          .filter(({ status }) => status === 'failed')
          .map((test) => failureOf(name, test.fullName, test.failureMessages?.[0] ?? '')),
      ),
    ],
  };
}

/** @param {string} file @param {string} test @param {string} message @returns {string} */
const failureOf = (file, test, message) =>
  [`FAILED ${relative('', file)}: ${test}`, ...message.split('\n').slice(0, 12)].join('\n    ');

/** @param {string} path @returns {VitestReport | undefined} */
function readReport(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** @param {readonly Tally[]} tallies @returns {Tally} */
export const sumOf = (tallies) =>
  tallies.reduce(
    (sum, one) => ({
      passed: sum.passed + one.passed,
      failed: sum.failed + one.failed,
      skipped: sum.skipped + one.skipped,
      failures: [...sum.failures, ...one.failures],
    }),
    nothing,
  );

/**
 * What ends every run: each failure once more, as whoever sees only the end of a long run must see them, and one line.
 * @param {Tally} tally @returns {string}
 */
export const endOf = ({ passed, failed, skipped, failures }) =>
  [...failures, `${passed} passed, ${failed} failed, ${skipped} skipped`].join('\n');

/**
 * A box that cannot be overlooked, saying what was not run, and why.
 * @param {readonly string[]} notes @returns {string}
 */
export function boxOf(notes) {
  const lines = ['NOT RUN HERE:', ...notes.map((note) => `- ${note}`)];
  const width = Math.max(...lines.map((line) => line.length));
  const edge = `+${'-'.repeat(width + 2)}+`;
  return ['', edge, ...lines.map((line) => `| ${line.padEnd(width)} |`), edge, ''].join('\n');
}
