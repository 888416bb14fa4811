/** Bytes a second over the last moments. */
export interface TransferRate {
  /** Notes how many bytes there are by now. `now` in milliseconds. */
  note(bytes: number, now: number): void;
  /** Bytes a second, 0 until two moments are known. */
  at(now: number): number;
}

/** Long enough to be calm, short enough to show a stall. */
const WINDOW_MS = 5000;
/** Reports come faster than anyone can read a rate. */
const STEP_MS = 250;

/** Measures over a sliding window of 5 s, so that a stall shows as a falling rate. */
export function createTransferRate(now: number): TransferRate {
  let moments: readonly { readonly bytes: number; readonly time: number }[] = [
    { bytes: 0, time: now },
  ];
  let latest = 0;
  return {
    note: (bytes, time) => {
      latest = bytes;
      const last = moments.at(-1);
      if (last && time - last.time < STEP_MS) return;
      // One moment from before the window stays: it is where the window begins.
      const begin = moments.findLastIndex((moment) => moment.time <= time - WINDOW_MS);
      moments = [...moments.slice(Math.max(begin, 0)), { bytes, time }];
    },
    at: (time) => {
      const begin = moments.findLast((moment) => moment.time <= time - WINDOW_MS) ?? moments[0];
      const elapsed = begin ? time - begin.time : 0;
      return begin && elapsed > 0 ? Math.round(((latest - begin.bytes) * 1000) / elapsed) : 0;
    },
  };
}
