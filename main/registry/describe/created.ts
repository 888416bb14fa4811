/** Docker's first year: nothing is older, but reproducible builds say 0001, 1970 or 1980. */
const FIRST_YEAR = 2013;

/** The time an image states for itself as ISO 8601, null where it states none that could be true. */
export function readCreated(value: unknown): string | null {
  if (typeof value !== 'string' || value.length > 64) return null;
  const time = new Date(value);
  const isTrue = !Number.isNaN(time.getTime()) && time.getUTCFullYear() >= FIRST_YEAR;
  return isTrue ? time.toISOString() : null;
}
