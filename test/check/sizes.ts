import { productSources, report } from './sources.ts';

/** Budgets of lines per file: half of the files, nearly all of them, every one. */
const BUDGET = { median: 80, percentile95: 250, most: 400 } as const;

const files = productSources()
  .map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
  .sort((a, b) => a.lines - b.lines);
const at = (share: number) =>
  files[Math.min(files.length - 1, Math.floor(files.length * share))]?.lines ?? 0;

const problems = files
  .filter(({ lines }) => lines > BUDGET.most)
  .map(({ path, lines }) => `${path} has ${lines} lines, more than ${BUDGET.most}`);
if (at(0.5) > BUDGET.median) problems.push(`the median is over ${BUDGET.median} lines`);
if (at(0.95) > BUDGET.percentile95) {
  problems.push(`95 % is ${at(0.95)} lines, over ${BUDGET.percentile95}`);
}
report(
  'sizes',
  `${files.length} files, median ${at(0.5)} lines, 95 % ${at(0.95)}, longest ${at(1)}`,
  problems,
);
