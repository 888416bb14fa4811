import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useEffect, useMemo } from 'react';

/** Height of a row in pixels; the style sheet says the same. */
const ROW_HEIGHT = 28;

/** A row that exists: its place among all rows, and in pixels. */
export interface VisibleRow<T> {
  readonly row: T;
  readonly index: number;
  readonly start: number;
}

/** The rows that are on the screen, and the one that can be tabbed to, however far away it was scrolled. */
export function useVisibleRows<T>(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly T[],
  active: number,
  tell: ((rows: readonly T[]) => void) | undefined,
) {
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
    useFlushSync: false,
    // The row with the focus stays: the focus would be lost with it.
    rangeExtractor: (range) => [
      ...new Set([...defaultRangeExtractor(range), ...(active < rows.length ? [active] : [])]),
    ],
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, to come back to where one was
  useEffect(() => {
    if (active > 0) virtual.scrollToIndex(active, { align: 'center' });
  }, []);
  const first = virtual.range?.startIndex ?? 0;
  const last = virtual.range?.endIndex ?? -1;
  useEffect(() => tell?.(rows.slice(first, last + 1)), [rows, first, last, tell]);
  const items = virtual.getVirtualItems();
  const visible = useMemo(
    () =>
      items.flatMap(({ index, start }): VisibleRow<T>[] => {
        const row = rows[index];
        return row === undefined ? [] : [{ row, index, start }];
      }),
    [items, rows],
  );
  return {
    visible,
    height: virtual.getTotalSize(),
    scrollTo: (index: number) => virtual.scrollToIndex(index),
    /** Rows in one page, less what gives orientation. */
    pageOf: () => {
      const height = scroller.current?.clientHeight ?? ROW_HEIGHT;
      return Math.max(1, Math.floor(height / ROW_HEIGHT) - 2);
    },
  };
}
