// biome-ignore-all lint/a11y/useSemanticElements: a table with virtual rows cannot be a <table>
// biome-ignore-all lint/a11y/useFocusableInteractive: the rows take the focus, one at a time
import { flexRender, type Header, type Table } from '@tanstack/react-table';
import ArrowDown from 'lucide-react/icons/arrow-down';
import ArrowUp from 'lucide-react/icons/arrow-up';
import type { ReactNode } from 'react';

const ariaSort = { asc: 'ascending', desc: 'descending' } as const;

/** The row of headings, after what stands before them; those that sort are buttons. */
export function HeaderRow<T>(props: {
  readonly table: Table<T>;
  readonly template: string;
  readonly children?: ReactNode;
}) {
  return (
    <div role="rowgroup" className="data-head">
      <div
        role="row"
        aria-rowindex={1}
        className="data-head-row"
        style={{ gridTemplateColumns: props.template }}
      >
        {props.children}
        {props.table.getFlatHeaders().map((header) => (
          <Heading key={header.id} header={header} />
        ))}
      </div>
    </div>
  );
}

function Heading<T>({ header }: { readonly header: Header<T, unknown> }) {
  const { column } = header;
  const words = flexRender(column.columnDef.header, header.getContext());
  const sorted = column.getIsSorted();
  const className = column.columnDef.meta?.align === 'end' ? 'cell cell-end' : 'cell';
  if (!column.getCanSort()) {
    return (
      <div role="columnheader" className={className}>
        {words}
      </div>
    );
  }
  const Arrow = sorted === 'asc' ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      className={className}
      aria-sort={sorted === false ? 'none' : ariaSort[sorted]}
    >
      <button type="button" className="sort" onClick={column.getToggleSortingHandler()}>
        {words}
        {sorted === false ? null : <Arrow size={12} aria-hidden="true" />}
      </button>
    </div>
  );
}
