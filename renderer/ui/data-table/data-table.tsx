// biome-ignore-all lint/a11y/useSemanticElements: a table with virtual rows cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows take the focus, one at a time
import {
  type ColumnDef,
  getCoreRowModel,
  type SortingState,
  useReactTable,
} from '@tanstack/react-table';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import './columns.ts';
import './data-table.css';
import { DataRow } from './data-row.tsx';
import { HeaderRow } from './header-row.tsx';
import { rowAfterKey } from './row-focus.ts';
import { useTellVisible } from './use-tell-visible.ts';

const ROW_HEIGHT = 28;

/** What a table shows and what its rows can do. */
export interface DataTableProps<T> {
  readonly label: string;
  readonly rows: readonly T[];
  readonly columns: readonly ColumnDef<T>[];
  readonly idOf: (row: T) => string;
  /** Enter and a double click; a single click as well when `opensOnClick`. */
  readonly onOpen?: (row: T) => void;
  readonly opensOnClick?: boolean;
  /** Letters that act on the focused row, in lower case. */
  readonly rowKeys?: Readonly<Record<string, (row: T) => void>>;
  readonly sorting?: SortingState;
  readonly onSort?: (sorting: SortingState) => void;
  /** Told which rows are on the screen, whenever that changes. */
  readonly onVisible?: (rows: readonly T[]) => void;
}

/** A dense table for any number of rows: only those on the screen exist. One row at a time can be tabbed to. */
export function DataTable<T>(props: DataTableProps<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const [activeId, setActiveId] = useState<string | null>(null);
  const sorting = props.sorting ?? [];
  const table = useReactTable<T>({
    data: props.rows as T[],
    columns: props.columns as ColumnDef<T>[],
    state: { sorting },
    onSortingChange: (change) =>
      props.onSort?.(typeof change === 'function' ? change(sorting) : change),
    getRowId: props.idOf,
    getCoreRowModel: getCoreRowModel(),
    // The rows come sorted: only their owner knows what is still unknown.
    manualSorting: true,
    enableSortingRemoval: false,
    enableMultiSort: false,
  });
  const { rows } = table.getRowModel();
  const active = Math.max(0, activeId === null ? 0 : rows.findIndex(({ id }) => id === activeId));
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    // The row with the focus stays, however far away one scrolls: its end would lose the focus.
    rangeExtractor: (range) => [
      ...new Set([...defaultRangeExtractor(range), ...(active < rows.length ? [active] : [])]),
    ],
  });
  const shown = virtual.getVirtualItems();
  const template = table
    .getVisibleLeafColumns()
    .map((column) => column.columnDef.meta?.track ?? '1fr')
    .join(' ');
  useTellVisible(rows, virtual.range, props.onVisible);

  const focusRow = (index: number): void => {
    setActiveId(rows[index]?.id ?? null);
    virtual.scrollToIndex(index);
    requestAnimationFrame(() =>
      scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${index + 2}"]`)?.focus(),
    );
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    const onRow = (event.target as HTMLElement).getAttribute('role') === 'row';
    const row = rows[active]?.original;
    const page = Math.floor((scroller.current?.clientHeight ?? ROW_HEIGHT) / ROW_HEIGHT) - 2;
    const next = rowAfterKey(event.key, active, rows.length, Math.max(1, page));
    const run = props.rowKeys?.[event.key.toLowerCase()];
    if (next !== undefined) focusRow(next);
    else if (event.key === 'Enter' && onRow && row !== undefined) props.onOpen?.(row);
    else if (run && row !== undefined) run(row);
    else return;
    event.preventDefault();
  };

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
      <div role="rowgroup" className="data-rows" style={{ height: virtual.getTotalSize() }}>
        {shown.map(({ index, start }) => {
          const row = rows[index];
          return row ? (
            <DataRow
              key={row.id}
              row={row}
              index={index}
              start={start}
              template={template}
              isActive={index === active}
              onFocus={() => setActiveId(row.id)}
              onOpen={props.onOpen}
              opensOnClick={props.opensOnClick ?? false}
            />
          ) : null;
        })}
      </div>
    </div>
  );
}
