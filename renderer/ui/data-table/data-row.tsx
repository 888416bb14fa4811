// biome-ignore-all lint/a11y/useSemanticElements: a table with virtual rows cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows take the focus, one at a time
import { flexRender, type Row } from '@tanstack/react-table';
import { type MouseEvent, memo } from 'react';
import { RowContext } from './row-context.ts';

interface DataRowProps<T> {
  readonly row: Row<T>;
  readonly columns: readonly unknown[];
  readonly index: number;
  readonly start: number;
  readonly template: string;
  readonly isActive: boolean;
  readonly opensOnClick: boolean;
  readonly onOpen: (row: T) => void;
  readonly onFocus: (row: T) => void;
}

/** One row that is on the screen. `index` counts from 0 among all rows, `start` is in pixels. */
export const DataRow = memo(PlainRow, isSameRow) as typeof PlainRow;

/** The table makes new row objects whenever one scrolls; what a row shows depends on these alone. */
function isSameRow<T>(before: DataRowProps<T>, after: DataRowProps<T>): boolean {
  const { row: rowBefore, ...othersBefore } = before;
  const { row, ...others } = after;
  return (
    rowBefore.original === row.original &&
    (Object.keys(others) as (keyof typeof others)[]).every(
      (key) => others[key] === othersBefore[key],
    )
  );
}

function PlainRow<T>(props: DataRowProps<T>) {
  const { row } = props;
  const open = (event: MouseEvent): void => {
    if (!(event.target as Element).closest('button')) props.onOpen(row.original);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around handles the keys of all rows
    <div
      role="row"
      aria-rowindex={props.index + 2}
      tabIndex={props.isActive ? 0 : -1}
      className={props.opensOnClick ? 'data-row data-row-opens' : 'data-row'}
      style={{
        transform: `translateY(${props.start}px)`,
        gridTemplateColumns: props.template,
      }}
      onFocus={() => props.onFocus(row.original)}
      onClick={props.opensOnClick ? open : undefined}
      onDoubleClick={props.opensOnClick ? undefined : open}
    >
      <RowContext value={props.isActive}>
        {row.getVisibleCells().map((cell) => (
          <div
            key={cell.id}
            role="gridcell"
            className={cell.column.columnDef.meta?.align === 'end' ? 'cell cell-end' : 'cell'}
          >
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </div>
        ))}
      </RowContext>
    </div>
  );
}
