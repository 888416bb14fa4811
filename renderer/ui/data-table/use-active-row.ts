import { useMemo, useState } from 'react';

/** The one row that can be tabbed to: it stays the same row when the order or the filter changes, else the first. */
export function useActiveRow<T>(
  rows: readonly T[],
  idOf: (row: T) => string,
): { readonly active: number; readonly setActive: (id: string) => void } {
  const [activeId, setActive] = useState<string | null>(null);
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
