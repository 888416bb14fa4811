import { fileLimits } from './file-limits.ts';

/** What may still be read of one image. Shared by all its layers. */
export interface Budget {
  entries: number;
  /** Bytes. */
  unpacked: number;
  /** Bytes that paths and the targets of links take in memory. */
  names: number;
}

/** Ends the reading of an image that is too much. */
export class TooMuch extends Error {}

/** The whole of it. */
export function fullBudget(): Budget {
  const { entries, unpacked, names } = fileLimits;
  return { entries, unpacked, names };
}

/** Takes something out of it. @throws TooMuch when there is less */
export function spend(budget: Budget, what: keyof Budget, amount: number): void {
  budget[what] -= amount;
  if (budget[what] < 0) throw new TooMuch();
}
