import type { RowData } from '@tanstack/react-table';

declare module '@tanstack/react-table' {
  /** What our table needs to know of a column beside its cells. */
  interface ColumnMeta<TData extends RowData, TValue> {
    /** A track of the CSS grid, such as `minmax(120px, 1fr)`. */
    readonly track: string;
    readonly align?: 'end';
  }
}
