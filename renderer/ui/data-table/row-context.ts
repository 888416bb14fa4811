import { createContext, useContext } from 'react';

/** Whether the row around is the one that can be tabbed to. */
export const RowContext = createContext(true);

/** The `tabIndex` of a button inside a row: only those of the active row are tab stops. */
export function useRowTabIndex(): 0 | -1 {
  return useContext(RowContext) ? 0 : -1;
}
