import { existsSync, readFileSync } from 'node:fs';

/** @typedef {import('../bench/compare.ts').Comparison} Comparison */

/**
 * Prints a table of what the benchmarks measured, if any were run.
 * @param {string} path of what they reported, one JSON object a line
 */
export function printBenchTable(path) {
  if (!existsSync(path)) return;
  /** @type {Comparison[]} */
  const rows = readFileSync(path, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  const head = ['', 'ours', 'peer', '', 'ratio', 'budget', ''];
  const cells = [head, ...rows.map(cellsOf)];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  /** @param {string} cell @param {number} column */
  const pad = (cell, column) => {
    const width = widths[column] ?? 0;
    return [1, 2, 4].includes(column) ? cell.padStart(width) : cell.padEnd(width);
  };
  const lines = cells.map((row) => row.map(pad).join('  ').trimEnd());
  console.log(`${lines.join('\n')}\n`);
}

/** @param {Comparison} row @returns {string[]} */
function cellsOf({ name, ours, peer, unit, budget }) {
  const ratio = ours / peer;
  const numbers = [ours.toFixed(1), peer.toFixed(1), unit, ratio.toFixed(2)];
  if (budget === undefined) return [name, ...numbers, '', ''];
  const [sign, limit, met] =
    'atMost' in budget
      ? ['<=', budget.atMost, ratio <= budget.atMost]
      : ['>=', budget.atLeast, ratio >= budget.atLeast];
  return [name, ...numbers, `${sign} ${limit}`, met ? 'met' : 'MISSED'];
}
