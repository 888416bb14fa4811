import { createContext, useContext } from 'react';

/** How near the person is to the row around: it can be tabbed to, the pointer is over it, or neither. */
export const RowContext = createContext<'active' | 'near' | 'away'>('active');

/** The `tabIndex` of a button inside a row: only those of the active row are tab stops. */
export function useRowTabIndex(): 0 | -1 {
  return useContext(RowContext) === 'active' ? 0 : -1;
}

/** Whether what shows only in a row that one points to is worth making: drawings in each row slow scrolling down. */
export function useIsRowNear(): boolean {
  return useContext(RowContext) !== 'away';
}
