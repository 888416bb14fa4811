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
import { useActiveRow } from './use-active-row.ts';
import { useKeepFocus } from './use-keep-focus.ts';
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
  const template = table
    .getVisibleLeafColumns()
    .map((column) => column.columnDef.meta?.track ?? '1fr')
    .join(' ');
  const open = useStable((row: T) => props.onOpen?.(row));
  const focused = useStable((row: T) => setActive(idOf(row)));

  const focusRow = (index: number): void => {
    const row = rows[index];
    if (row === undefined) return;
    setActive(idOf(row));
    scrollTo(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const isOnRow = (event.target as HTMLElement).getAttribute('role') === 'row';
    const row = rows[active];
    const next = rowAfterKey(event.key, active, rows.length, pageOf());
    const run = props.rowKeys?.[event.key.toLowerCase()];
    const side = sideOfKey(event.key);
    if (next !== undefined) focusRow(next);
    else if (side && props.onSide && row !== undefined) {
      const beside = props.onSide(row, side);
      if (beside !== undefined) focusRow(rows.indexOf(beside));
    } else if (event.key === 'Enter' && isOnRow && row !== undefined) props.onOpen?.(row);
    else if (run && row !== undefined) run(row);
    else return;
    event.preventDefault();
  };
  const shown = table.getRowModel().rows;

  return (
    <div
      className="data-table"
      role="grid"
      aria-label={props.label}
      aria-rowcount={rows.length + 1}
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <HeaderRow table={table} template={template} />
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
              opensOnClick={props.opensOnClick ?? false}
              onOpen={open}
              onFocus={focused}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}
