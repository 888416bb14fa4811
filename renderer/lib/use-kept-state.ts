import { useCallback, useState } from 'react';

/** What screens were like when they were left, until the window is closed or loaded again. */
const kept = new Map<string, unknown>();

/**
 * State that outlives its screen: it is there again when one comes back. `key` names it in the whole window; without one
 * it is gone with its screen.
 */
export function useKeptState<T>(
  key: string | undefined,
  first: T,
): readonly [T, (next: T) => void] {
  const [state, setState] = useState<T>(() =>
    key !== undefined && kept.has(key) ? (kept.get(key) as T) : first,
  );
  const change = useCallback(
    (next: T) => {
      if (key !== undefined) kept.set(key, next);
      setState(next);
    },
    [key],
  );
  return [state, change];
}
