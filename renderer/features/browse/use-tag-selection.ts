import { useCallback, useMemo, useState } from 'react';
import type { Selection } from '../../ui/data-table/use-selection.ts';

/** The tags that are chosen. What is not shown (any more) is not chosen: nobody would see what happens to it. */
export function useTagSelection(rows: readonly string[]) {
  const [ids, setIds] = useState<ReadonlySet<string>>(NONE);
  const chosen = useMemo(
    () => (ids.size === 0 ? [] : rows.filter((name) => ids.has(name))),
    [rows, ids],
  );
  const selection = useMemo(
    (): Selection => ({ ids: new Set(chosen), onChange: setIds }),
    [chosen],
  );
  const clear = useCallback(() => setIds(NONE), []);
  return { chosen, selection, clear };
}

const NONE: ReadonlySet<string> = new Set();
