import type { Task } from '../../shared/model/task.ts';
import type { EngineLine } from './json-lines.ts';
import {
  advanceLayer,
  announcesLayer,
  endLayer,
  layerFraction,
  newLayer,
  type PullLayer,
} from './pull-layer.ts';

/** What a pull has come to, as a task shows it. Bytes are those of real transfers. */
export type PullProgress = Pick<Task, 'done' | 'total' | 'fraction' | 'layers'>;

/** A pull as far as the engine has told about it. */
export interface PullState {
  readonly layers: readonly PullLayer[];
  /** Sizes in bytes by layer id (12 hexadecimal digits of the digest), where the manifest is known. */
  readonly sizes: ReadonlyMap<string, number>;
  readonly fraction: number | null;
  /** Digest of what was pulled, once told. */
  readonly digest: string | null;
  readonly upToDate: boolean;
  /** Whether the engine has said that it succeeded; the HTTP status says nothing. */
  readonly finished: boolean;
}

/**
 * A pull before its first line.
 * @param sizes compressed bytes by layer id; with them the fraction is known from the start
 */
export function startPull(sizes: ReadonlyMap<string, number> = new Map()): PullState {
  return { layers: [], sizes, fraction: null, digest: null, upToDate: false, finished: false };
}

/** The pull after one line of the engine's. Nothing in it ever runs backwards. */
export function reducePull(state: PullState, line: EngineLine): PullState {
  if (line.id !== undefined) return withFraction(reduceLayers(state, line.id, line));
  const { status = '' } = line;
  if (status.startsWith('Digest: ')) return { ...state, digest: status.slice('Digest: '.length) };
  if (!status.startsWith('Status: ')) return state;
  return finishPull({ ...state, upToDate: status.startsWith('Status: Image is up to date') });
}

/** The pull at its good end. */
export function finishPull(state: PullState): PullState {
  return { ...state, finished: true, fraction: 1, layers: state.layers.map(endLayer) };
}

/** The pull for people. */
export function progressOf({ layers, fraction }: PullState): PullProgress {
  const moving = layers.filter(({ state }) => state !== 'present');
  const sized = moving.filter(({ total }) => total !== null);
  const known = moving.every((layer) => layer.total !== null || layer.arrived);
  return {
    done: sum(sized.map(({ done }) => done)),
    total: known && sized.length > 0 ? sum(sized.map(({ total }) => total ?? 0)) : null,
    fraction,
    layers: layers.map(({ id, state, done, total }) => ({ id, state, done, total })),
  };
}

/** More layers are not followed; Docker builds at most 127, and each line is work for each layer. */
const LAYERS = 1000;

/** The first line carries the tag as its `id`; what announces no layer makes none. */
function reduceLayers(state: PullState, id: string, line: EngineLine): PullState {
  const known = state.layers.some((layer) => layer.id === id);
  if (!known && (!announcesLayer(line) || state.layers.length >= LAYERS)) return state;
  const layers = known ? state.layers : [...state.layers, newLayer(id, state.sizes.get(id))];
  return {
    ...state,
    layers: layers.map((layer) => (layer.id === id ? advanceLayer(layer, line) : layer)),
  };
}

function withFraction(state: PullState): PullState {
  const fraction = measure(state.layers);
  if (fraction === null) return state;
  return { ...state, fraction: Math.max(state.fraction ?? 0, fraction) };
}

/**
 * The share of the work that is done, weighted by size; null until every layer has a size or has arrived, since
 * sizes that turn up late would make it jump back. Layers that were there before count for nothing.
 */
function measure(layers: readonly PullLayer[]): number | null {
  const moving = layers.filter(({ state }) => state !== 'present');
  if (!moving.every((layer) => layer.total !== null || layer.arrived)) return null;
  const weight = sum(moving.map(({ total }) => total ?? 0));
  if (weight === 0) return null;
  return sum(moving.map((layer) => (layer.total ?? 0) * layerFraction(layer))) / weight;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
