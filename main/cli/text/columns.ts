import { pad, widthOf } from './width.ts';

const GAP = '  ';

/** Sets rows in columns as wide as their widest cell. Columns named in `right` (counted from 0) hold numbers. */
export function setInColumns(
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, widthOf(cell));
    });
  }
  return rows.map((row) =>
    row
      .map((cell, column) =>
        pad(cell, widths[column] ?? 0, right.includes(column) ? 'right' : 'left'),
      )
      .join(GAP)
      .trimEnd(),
  );
}
