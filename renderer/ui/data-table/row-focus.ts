/** The row that a key leads to from `current` among `count` rows; undefined when the key leads nowhere. */
export function rowAfterKey(
  key: string,
  current: number,
  count: number,
  page: number,
): number | undefined {
  const steps: Readonly<Record<string, number>> = {
    ArrowDown: 1,
    j: 1,
    ArrowUp: -1,
    k: -1,
    PageDown: page,
    PageUp: -page,
    Home: -Infinity,
    End: Infinity,
  };
  const step = steps[key];
  if (step === undefined || count === 0) return undefined;
  return Math.max(0, Math.min(count - 1, current + step));
}

/** The side that an arrow key points to; undefined for other keys. */
export function sideOfKey(key: string): 'left' | 'right' | undefined {
  if (key === 'ArrowLeft') return 'left';
  return key === 'ArrowRight' ? 'right' : undefined;
}
