import { compareNaturally } from '../../../shared/model/natural-sort.ts';

/** A repository that may be looked for. */
export interface Candidate {
  readonly address: string;
  readonly repository: string;
  readonly favourite: boolean;
  /** Whether it was opened lately. */
  readonly recent: boolean;
}

/**
 * The repositories that a text means, the likeliest first: the whole name, its last part, the beginning of that, the
 * beginning of the name, then those that contain all its words anywhere, the address included. Among equals favourites
 * come first, then those opened lately, then short names.
 */
export function rankNames(
  candidates: Iterable<Candidate>,
  text: string,
  limit: number,
): readonly Candidate[] {
  const wanted = text.trim().toLowerCase();
  const words = wanted.split(/\s+/).filter(Boolean);
  const found: { readonly candidate: Candidate; readonly rank: number }[] = [];
  for (const candidate of candidates) {
    const rank = rankOf(candidate, wanted, words);
    if (rank !== undefined) found.push({ candidate, rank });
  }
  return found
    .sort((a, b) => a.rank - b.rank || compareEqual(a.candidate, b.candidate))
    .slice(0, limit)
    .map(({ candidate }) => candidate);
}

function rankOf(
  { address, repository }: Candidate,
  wanted: string,
  words: readonly string[],
): number | undefined {
  const last = repository.slice(repository.lastIndexOf('/') + 1);
  const full = `${address}/${repository}`;
  if (repository === wanted || full === wanted) return 0;
  if (last === wanted) return 1;
  if (last.startsWith(wanted)) return 2;
  if (repository.startsWith(wanted) || full.startsWith(wanted)) return 3;
  if (last.includes(wanted)) return 4;
  if (repository.includes(wanted)) return 5;
  return words.every((word) => full.includes(word)) ? 6 : undefined;
}

function compareEqual(a: Candidate, b: Candidate): number {
  return (
    Number(b.favourite) - Number(a.favourite) ||
    Number(b.recent) - Number(a.recent) ||
    a.repository.length - b.repository.length ||
    compareNaturally(a.repository, b.repository) ||
    compareNaturally(a.address, b.address)
  );
}
