import type { LayerProgress } from '../../shared/model/task.ts';
import type { EngineLine } from './json-lines.ts';

/** One layer of a pull. */
export interface PullLayer extends LayerProgress {
  /** Whether all of it has been downloaded; small layers arrive without ever telling their size. */
  readonly arrived: boolean;
  /** How much of it is unpacked, from 0 to 1. */
  readonly unpacked: number;
}

/** Of a layer's work, so much counts as download; the rest is extraction. */
const DOWNLOAD_SHARE = 0.7;

/** A layer that was announced; its size may be known from the manifest. */
export function newLayer(id: string, size: number | undefined): PullLayer {
  return { id, state: 'waiting', done: 0, total: size ?? null, arrived: false, unpacked: 0 };
}

/** Whether this line is about a layer that has not been seen before. */
export function announcesLayer(line: EngineLine): boolean {
  return line.status !== undefined && (line.status in steps || isRetry(line.status));
}

/** The layer after one line of the engine's. `done` and `unpacked` never become less. */
export function advanceLayer(layer: PullLayer, line: EngineLine): PullLayer {
  if (isOver(layer) || line.status === undefined) return layer;
  if (isRetry(line.status)) return { ...layer, state: 'retrying' };
  return steps[line.status]?.(layer, line) ?? layer;
}

/** Whether nothing more can happen to a layer. */
function isOver({ state }: LayerProgress): boolean {
  return state === 'done' || state === 'present';
}

/** A layer at its end. Bytes that were never reported are not made up. */
export function endLayer(layer: PullLayer): PullLayer {
  return isOver(layer) ? layer : { ...downloaded(layer), state: 'done', unpacked: 1 };
}

/** How much of a layer's work is done, from 0 to 1. */
export function layerFraction(layer: PullLayer): number {
  if (isOver(layer)) return 1;
  const fetched = layer.total ? layer.done / layer.total : 0;
  return DOWNLOAD_SHARE * fetched + (1 - DOWNLOAD_SHARE) * layer.unpacked;
}

type Step = (layer: PullLayer, line: EngineLine) => PullLayer;

/** What each status means, by moby's and containerd's words. */
const steps: Readonly<Record<string, Step>> = {
  'Pulling fs layer': (layer) => layer,
  Waiting: (layer) => layer,
  Downloading: download,
  'Verifying Checksum': downloaded,
  'Download complete': downloaded,
  Extracting: extract,
  'Pull complete': endLayer,
  'Already exists': (layer) => (layer.done > 0 ? endLayer(layer) : { ...layer, state: 'present' }),
};

function isRetry(status: string): boolean {
  return status.startsWith('Retrying in ');
}

/**
 * After a broken connection Docker goes on by range: `total` shrinks to what is left and `current` starts again, so
 * the largest total is the layer's size and what is missing from it had arrived before.
 */
function download(layer: PullLayer, { progressDetail }: EngineLine): PullLayer {
  const { current = 0, total = 0 } = progressDetail ?? {};
  const size = Math.max(layer.total ?? 0, total, layer.done);
  const before = total > 0 ? size - total : 0;
  return {
    ...layer,
    state: 'downloading',
    done: Math.max(layer.done, size > 0 ? Math.min(before + current, size) : 0),
    total: size > 0 ? size : null,
  };
}

function downloaded(layer: PullLayer): PullLayer {
  return { ...layer, state: 'downloading', done: layer.total ?? layer.done, arrived: true };
}

/**
 * Docker counts the compressed bytes that it has unpacked, which also tells the size of a layer that arrived too
 * quickly to tell its own. The containerd store counts seconds, without a total, which tell nothing.
 */
function extract(layer: PullLayer, { progressDetail }: EngineLine): PullLayer {
  const { current = 0, total = 0 } = progressDetail ?? {};
  const unpacked = total > 0 ? Math.min(current / total, 1) : 0;
  const size = layer.total ?? (total > 0 ? total : null);
  return {
    ...downloaded({ ...layer, total: size }),
    state: 'extracting',
    unpacked: Math.max(layer.unpacked, unpacked),
  };
}
