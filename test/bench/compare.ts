import { appendFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** One measured ratio, with the budget it is held against. */
export interface Comparison {
  readonly name: string;
  /** Ours and the peer's, in `unit`. */
  readonly ours: number;
  readonly peer: number;
  readonly unit: string;
  /** The ratio ours / peer that is allowed: at most, or at least; none where it is only reported. */
  readonly budget?: { readonly atMost: number } | { readonly atLeast: number };
}

/**
 * Hands a row to the table that `npm run bench` prints at its end. A budget that is missed is printed as missed and
 * fails nothing, since machines differ; a measurement that is none does fail.
 * @throws {Error} for what is no number
 */
export function report(row: Comparison): void {
  if (!Number.isFinite(row.ours) || !Number.isFinite(row.peer)) {
    throw new Error(`${row.name}: not measured: ${row.ours} and ${row.peer} ${row.unit}`);
  }
  const path = process.env.REGENT_BENCH_ROWS;
  if (path !== undefined) appendFileSync(path, `${JSON.stringify(row)}\n`);
}

/** The middle of some numbers; of an even count the upper of the two. */
export function median(numbers: readonly number[]): number {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;
}

/** One thing to measure. Where it answers a number, that is its time in milliseconds: preparing need not count. */
export type Run = () => Promise<unknown>;

/**
 * Medians of two things, run in turn so that what else the machine does meets both; one round before is not counted.
 * @returns milliseconds
 */
export async function race(
  rounds: number,
  ours: Run,
  peer: Run,
): Promise<{ readonly ours: number; readonly peer: number }> {
  const times = { ours: [] as number[], peer: [] as number[] };
  for (let round = 0; round <= rounds; round += 1) {
    const first = round % 2 === 0;
    const a = await timed(first ? ours : peer);
    const b = await timed(first ? peer : ours);
    if (round === 0) continue;
    times.ours.push(first ? a : b);
    times.peer.push(first ? b : a);
  }
  return { ours: median(times.ours), peer: median(times.peer) };
}

async function timed(run: Run): Promise<number> {
  const started = performance.now();
  const own = await run();
  return typeof own === 'number' ? own : performance.now() - started;
}
