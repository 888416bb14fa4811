import { type KeyboardEvent, useRef } from 'react';

/** Rows that are chosen, to do something with all of them. Who shows a table keeps it, and counts shown rows only. */
export interface Selection {
  readonly ids: ReadonlySet<string>;
  readonly onChange: (ids: ReadonlySet<string>) => void;
}

/**
 * Chooses rows by mouse and keys, as lists of files do: one by one, or from the row that was chosen last to another one.
 * @param active the row that the keyboard stands on, where a range begins without another beginning
 */
export function useSelection<T>(
  rows: readonly T[],
  idOf: (row: T) => string,
  active: number,
  selection: Selection | undefined,
) {
  /** Where a range begins, and what was chosen besides. */
  const anchor = useRef<{ readonly id: string; readonly besides: ReadonlySet<string> }>(undefined);

  const toggle = (id: string): void => {
    if (!selection) return;
    const ids = new Set(selection.ids);
    if (!ids.delete(id)) ids.add(id);
    anchor.current = { id, besides: ids };
    selection.onChange(ids);
  };
  const extendTo = (id: string): void => {
    const here = rows[active];
    if (!selection || here === undefined) return;
    anchor.current ??= { id: idOf(here), besides: selection.ids };
    const start = anchor.current;
    const places = [start.id, id].map((one) => rows.findIndex((row) => idOf(row) === one));
    const range = rows.slice(Math.max(0, Math.min(...places)), Math.max(...places) + 1);
    selection.onChange(new Set([...start.besides, ...range.map(idOf)]));
  };
  const all = (): void => selection?.onChange(new Set(rows.map(idOf)));

  return {
    toggle,
    extendTo,
    all,
    /** The keyboard goes to another row: with Shift it takes all rows on the way along. */
    goTo: (id: string, withShift: boolean): void => {
      if (withShift) extendTo(id);
      // The next range begins there.
      else anchor.current = undefined;
    },
    /** Takes the keys that choose: Ctrl+A anywhere in the table, the space bar on a row. Whether it was one of them. */
    takeKey: (event: KeyboardEvent, isOnRow: boolean): boolean => {
      const here = rows[active];
      if (!selection || here === undefined) return false;
      const isAll = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'a';
      const isSpace = !event.ctrlKey && !event.metaKey && event.key === ' ' && isOnRow;
      if (isAll) all();
      if (isSpace) toggle(idOf(here));
      return isAll || isSpace;
    },
  };
}
