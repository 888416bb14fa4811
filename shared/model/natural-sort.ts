const collator = new Intl.Collator('en', { numeric: true });

/**
 * Orders names as people do: numbers by their value, so that `1.10` comes after `1.9`. Names that look alike
 * to the collator are told apart by code units, so the order is total.
 */
export function compareNaturally(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}

/** The names in the order of {@link compareNaturally}; the given list stays as it is. */
export function sortNaturally(names: readonly string[]): readonly string[] {
  return [...names].sort(compareNaturally);
}
