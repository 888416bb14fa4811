// biome-ignore-all lint/a11y/useSemanticElements: a table with virtual rows cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows take the focus, one at a time
import { flexRender, type Row } from '@tanstack/react-table';
import { RowContext } from './row-context.ts';

/** One row that is on the screen. `index` counts from 0 among all rows, `start` is in pixels. */
export function DataRow<T>(props: {
  readonly row: Row<T>;
  readonly index: number;
  readonly start: number;
  readonly template: string;
  readonly isActive: boolean;
  readonly opensOnClick: boolean;
  readonly onOpen: ((row: T) => void) | undefined;
  readonly onFocus: () => void;
}) {
  const { row } = props;
  const open = (): void => props.onOpen?.(row.original);
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
      onFocus={props.onFocus}
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
