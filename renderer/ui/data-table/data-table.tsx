// biome-ignore-all lint/a11y/useSemanticElements: a table with virtual rows cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows take the focus, one at a time
import {
  type ColumnDef,
  getCoreRowModel,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { type KeyboardEvent, useMemo, useRef } from 'react';
import './columns.ts';
import './data-table.css';
import { DataRow } from './data-row.tsx';
import { HeaderRow } from './header-row.tsx';
import { rowAfterKey, sideOfKey } from './row-focus.ts';
import { SelectAll } from './select-all.tsx';
import { useActiveRow } from './use-active-row.ts';
import { useKeepFocus } from './use-keep-focus.ts';
import { type Selection, useSelection } from './use-selection.ts';
import { useStable } from './use-stable.ts';
import { useVisibleRows } from './use-visible-rows.ts';

/** What a table shows and what its rows can do. */
export interface DataTableProps<T> {
  readonly label: string;
  /** In the order to be shown. */
  readonly rows: readonly T[];
  readonly columns: readonly ColumnDef<T>[];
  readonly idOf: (row: T) => string;
  /** Under which name the place in the list is kept, so that one comes back to it. */
  readonly keptAs?: string;
  /** Enter and a double click; a single click when `opensOnClick`. */
  readonly onOpen?: (row: T) => void;
  readonly opensOnClick?: boolean;
  /** Letters that act on the focused row, in lower case. */
  readonly rowKeys?: Readonly<Record<string, (row: T) => void>>;
  /** The arrows to the sides on the focused row, in a list that opens in place; the row that comes back takes the focus. */
  readonly onSide?: (row: T, side: 'left' | 'right') => T | undefined;
  readonly sorting?: SortingState;
  readonly onSort?: (sorting: SortingState) => void;
  /** Makes rows choosable: by their boxes, Shift and Ctrl with a click or the arrows, Space, Ctrl+A. */
  readonly selection?: Selection;
  /** Told which rows are on the screen, whenever that changes. */
  readonly onVisible?: (rows: readonly T[]) => void;
}

/** A dense table for any number of rows: only those on the screen exist. One row at a time can be tabbed to. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { rows, idOf } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { active, setActive } = useActiveRow(rows, idOf, props.keptAs);
  const { visible, height, pageOf, scrollTo } = useVisibleRows(
    scroller,
    rows,
    active,
    props.onVisible,
  );
  useKeepFocus(scroller, rows);
  const { selection } = props;
  const selecting = useSelection(rows, idOf, active, selection);
  const sorting = props.sorting ?? [];
  const visibleRows = useMemo(() => visible.map(({ row }) => row), [visible]);
  // The table knows the rows on the screen only: it would make an object for each of a hundred thousand.
  const table = useReactTable<T>({
    data: visibleRows,
    // It would draw again after each change of the data, for pages that there are not.
    autoResetAll: false,
    columns: props.columns as ColumnDef<T>[],
    state: { sorting },
    onSortingChange: (change) =>
      props.onSort?.(typeof change === 'function' ? change(sorting) : change),
    getRowId: idOf,
    getCoreRowModel: getCoreRowModel(),
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
  });
  const tracks = table
    .getVisibleLeafColumns()
    .map((column) => column.columnDef.meta?.track ?? '1fr');
  const template = [...(selection ? ['28px'] : []), ...tracks].join(' ');
  const open = useStable((row: T) => props.onOpen?.(row));
  const focused = useStable((row: T) => setActive(idOf(row)));
  const select = useStable((row: T, isRange: boolean) =>
    isRange ? selecting.extendTo(idOf(row)) : selecting.toggle(idOf(row)),
  );

  const focusRow = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    setActive(idOf(row));
    scrollTo(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)?.focus(),
    );
  };
  const goToRow = (index: number, withShift: boolean): void => {
    const row = rows[index];
    if (row !== undefined) selecting.goTo(idOf(row), withShift);
    focusRow(index);
  };
  const goBeside = (row: T, side: 'left' | 'right'): void => {
    const beside = props.onSide?.(row, side);
    if (beside !== undefined) focusRow(rows.indexOf(beside));
  };
  /** What a key does to the row with the focus. */
  const actOf = (key: string, row: T, isOnRow: boolean): (() => void) | undefined => {
    const side = props.onSide ? sideOfKey(key) : undefined;
    if (side) return () => goBeside(row, side);
    if (key === 'Enter' && isOnRow) return () => props.onOpen?.(row);
    const run = props.rowKeys?.[key.toLowerCase()];
    return run && (() => run(row));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.nativeEvent.isComposing) return;
    const isOnRow = (event.target as HTMLElement).getAttribute('role') === 'row';
    if (!selecting.takeKey(event, isOnRow)) {
      if (event.ctrlKey || event.metaKey) return;
      const row = rows[active];
      const next = rowAfterKey(event.key, active, rows.length, pageOf());
      const act = row === undefined ? undefined : actOf(event.key, row, isOnRow);
      if (next !== undefined) goToRow(next, event.shiftKey);
      else if (act) act();
      else return;
    }
    event.preventDefault();
  };
  const shown = table.getRowModel().rows;

  return (
    <div
      className="data-table"
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      {...(selection ? { 'aria-multiselectable': true } : {})}
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <HeaderRow table={table} template={template}>
        {selection ? (
          <SelectAll
            count={selection.ids.size}
            of={rows.length}
            onAll={selecting.all}
            onNone={() => selection.onChange(new Set())}
          />
        ) : null}
      </HeaderRow>
      <div role="rowgroup" className="data-rows" style={{ height }}>
        {visible.map(({ index, start }, at) => {
          const row = shown[at];
          return row ? (
            <DataRow
              key={row.id}
              row={row}
              columns={props.columns}
              index={index}
              start={start}
              template={template}
              isActive={index === active}
              isSelected={selection?.ids.has(row.id)}
              opensOnClick={props.opensOnClick ?? false}
              onOpen={open}
              onFocus={focused}
              onSelect={select}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}
