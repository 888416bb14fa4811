import { shortDigest } from '../../../shared/model/digest.ts';
import type { LayerProgress } from '../../../shared/model/task.ts';
import type { Descriptor } from '../describe/manifest.ts';

/** How far a transfer is. Bytes; `done` and `total` are of what has to be moved, not of what is there already. */
export interface TransferReport {
  readonly done: number;
  readonly total: number;
  /** From 0 to 1. */
  readonly fraction: number;
  readonly layers: readonly LayerProgress[];
}

/** Told how far a transfer is, each time it has got further. */
export type OnTransfer = (report: TransferReport) => void;

/** Keeps account of the blobs of a transfer. */
export interface TransferProgress {
  /** Notes how many bytes of a blob there are by now. */
  note(digest: string, state: LayerProgress['state'], done?: number): void;
  /** Whether anything had to be moved. */
  hasMoved(): boolean;
}

/** Bytes after which it is told again; the pieces themselves come by the thousand. */
const STEP = 512 * 1024;

const UNMOVED: ReadonlySet<LayerProgress['state']> = new Set(['present', 'mounted']);

/** Makes an account, with all blobs waiting. */
export function trackTransfer(
  blobs: readonly Pick<Descriptor, 'digest' | 'size'>[],
  onTransfer: OnTransfer,
): TransferProgress {
  const layers = new Map<string, LayerProgress>(
    blobs.map(({ digest, size }) => [
      digest,
      { id: shortDigest(digest), state: 'waiting', done: 0, total: size },
    ]),
  );
  let told = 0;
  const tell = (): void => {
    const all = [...layers.values()];
    const moved = all.filter(({ state }) => !UNMOVED.has(state));
    const done = moved.reduce((sum, layer) => sum + layer.done, 0);
    const total = moved.reduce((sum, layer) => sum + (layer.total ?? 0), 0);
    told = done;
    onTransfer({ done, total, fraction: total === 0 ? 1 : done / total, layers: all });
  };
  let sum = 0;
  return {
    note: (digest, state, done = 0) => {
      const known = layers.get(digest);
      if (!known) return;
      const now = state === 'done' ? (known.total ?? done) : done;
      sum += now - known.done;
      layers.set(digest, { ...known, state, done: now });
      if (state !== known.state || Math.abs(sum - told) >= STEP) tell();
    },
    hasMoved: () => [...layers.values()].some(({ state }) => !UNMOVED.has(state)),
  };
}
