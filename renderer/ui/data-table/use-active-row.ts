import { useMemo } from 'react';
import { useKeptState } from '../../lib/use-kept-state.ts';

/**
 * The one row that can be tabbed to: it stays the same row when the order or the filter changes, else the first. With a
 * name to keep it under, it is the same when one comes back.
 */
export function useActiveRow<T>(
  rows: readonly T[],
  idOf: (row: T) => string,
  keptAs: string | undefined,
): { readonly active: number; readonly setActive: (id: string) => void } {
  const [activeId, setActive] = useKeptState<string | null>(keptAs, null);
  const active = useMemo(
    () =>
      activeId === null
        ? 0
        : Math.max(
            0,
            rows.findIndex((row) => idOf(row) === activeId),
          ),
    [rows, idOf, activeId],
  );
  return { active, setActive };
}
