import type { ColumnDef } from '@tanstack/react-table';
import { useMemo, useState } from 'react';
import { useWords } from '../../lib/words.tsx';
import { DataTable } from '../../ui/data-table/data-table.tsx';
import { FilterField } from '../../ui/filter-field.tsx';
import { NoHits } from '../../ui/no-hits.tsx';
import { ToolbarToggle } from '../../ui/toolbar-toggle.tsx';
import { type ChangeKind, changeKinds, kindOf, type TwoSides } from './change-kind.ts';

/** A long list of what differs, to be narrowed by a text and by the kinds of changes; all kinds while none is chosen. */
export function ChangeTable<T extends TwoSides>(props: {
  readonly label: string;
  readonly filterLabel: string;
  readonly changes: readonly T[];
  readonly columns: readonly ColumnDef<T>[];
  /** Unique among all; it is what the filter looks at. */
  readonly nameOf: (change: T) => string;
  readonly onOpen?: (change: T) => void;
  /** Says how many of them there are. */
  readonly sayCount: (count: number) => string;
}) {
  const t = useWords();
  const { changes, nameOf } = props;
  const [filter, setFilter] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<ChangeKind>>(new Set());
  const wanted = filter.trim().toLowerCase();
  const found = useMemo(
    () => changes.filter((change) => nameOf(change).toLowerCase().includes(wanted)),
    [changes, nameOf, wanted],
  );
  const rows = useMemo(
    () => (chosen.size === 0 ? found : found.filter((change) => chosen.has(kindOf(change)))),
    [found, chosen],
  );
  const counts = useMemo(() => {
    const kinds = found.map(kindOf);
    return changeKinds.map((kind) => ({
      ...{ kind, count: kinds.filter((one) => one === kind).length },
    }));
  }, [found]);
  const choose = (kind: ChangeKind, isOn: boolean): void => {
    const others = [...chosen].filter((one) => one !== kind);
    setChosen(new Set(isOn ? [...others, kind] : others));
  };
  return (
    <>
      <div className="toolbar change-toolbar">
        <FilterField label={props.filterLabel} value={filter} onChange={setFilter} />
        {counts.map(({ kind, count }) =>
          count === 0 && !chosen.has(kind) ? null : (
            <ToolbarToggle
              key={kind}
              label={t(`compare.count.${kind}`, { count })}
              isOn={chosen.has(kind)}
              onChange={(isOn) => choose(kind, isOn)}
            />
          ),
        )}
        <span className="visually-hidden" role="status">
          {props.sayCount(rows.length)}
        </span>
      </div>
      {rows.length === 0 ? (
        <NoHits text={filter.trim()} />
      ) : (
        <DataTable
          label={props.label}
          rows={rows}
          columns={props.columns}
          idOf={nameOf}
          {...(props.onOpen ? { onOpen: props.onOpen, opensOnClick: true } : {})}
        />
      )}
    </>
  );
}
