import type { Row } from '@tanstack/react-table';
import { useEffect } from 'react';

/** Tells which rows are on the screen, whenever these change. */
export function useTellVisible<T>(
  rows: readonly Row<T>[],
  range: { readonly startIndex: number; readonly endIndex: number } | null,
  tell: ((rows: readonly T[]) => void) | undefined,
): void {
  const first = range?.startIndex ?? 0;
  const last = range?.endIndex ?? -1;
  useEffect(() => {
    tell?.(rows.slice(first, last + 1).map((row) => row.original));
  }, [rows, first, last, tell]);
}
