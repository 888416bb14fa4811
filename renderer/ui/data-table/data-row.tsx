// biome-ignore-all lint/a11y/useSemanticElements: a table with virtual rows cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows take the focus, one at a time
import { flexRender, type Row } from '@tanstack/react-table';
import { type MouseEvent, memo, useState } from 'react';
import { CheckBox } from './check-box.tsx';
import { RowContext } from './row-context.ts';

interface DataRowProps<T> {
  readonly row: Row<T>;
  readonly columns: readonly unknown[];
  readonly index: number;
  readonly start: number;
  readonly template: string;
  readonly isActive: boolean;
  /** Undefined where rows can't be chosen. */
  readonly isSelected: boolean | undefined;
  readonly opensOnClick: boolean;
  readonly onOpen: (row: T) => void;
  readonly onFocus: (row: T) => void;
  readonly onSelect: (row: T, isRange: boolean) => void;
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
  const { isSelected, row } = props;
  const [isPointedTo, setPointedTo] = useState(false);
  const near = isPointedTo ? 'near' : 'away';
  const click = (event: MouseEvent): void => {
    const target = event.target as Element;
    if (target.closest('button')) return;
    const isHeld = event.shiftKey || event.ctrlKey || event.metaKey;
    const isChoosing =
      isSelected !== undefined && (isHeld || target.closest('.cell-check') !== null);
    if (isChoosing) {
      // The two clicks of a double click, which opens, choose nothing.
      if (event.type === 'click') props.onSelect(row.original, event.shiftKey);
    } else if (props.opensOnClick === (event.type === 'click')) props.onOpen(row.original);
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
      onPointerEnter={() => setPointedTo(true)}
      onPointerLeave={() => setPointedTo(false)}
      {...(isSelected === undefined ? {} : { 'aria-selected': isSelected })}
      onClick={click}
      onDoubleClick={click}
    >
      <RowContext value={props.isActive ? 'active' : near}>
        {isSelected === undefined ? null : (
          <div role="gridcell" className="cell cell-check">
            <CheckBox state={isSelected ? 'all' : 'none'} />
          </div>
        )}
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
