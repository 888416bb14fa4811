import type { HistoryStep } from '../../../shared/model/image-details.ts';
import type { Step } from './config.ts';

/** A history whose steps know their layers, and for each layer the instruction that made it. */
export interface PairedHistory {
  readonly history: readonly HistoryStep[];
  /** For each layer of the manifest; null where it can't be known. */
  readonly instructions: readonly (string | null)[];
}

/**
 * Pairs steps that made a layer with the layers, in order. Where there are more of one than of the other, nobody knows
 * which belongs to which, so nothing is paired.
 * @param digests of the layers, oldest first
 */
export function pairHistory(steps: readonly Step[], digests: readonly string[]): PairedHistory {
  const makers = steps.filter(({ isEmpty }) => !isEmpty);
  const isPaired = makers.length === digests.length;
  const layers = digests.values();
  return {
    history: steps.map(({ isEmpty, ...step }) => ({
      ...step,
      layer: isPaired && !isEmpty ? (layers.next().value ?? null) : null,
    })),
    instructions: digests.map((_, at) => (isPaired && makers[at]?.createdBy) || null),
  };
}
