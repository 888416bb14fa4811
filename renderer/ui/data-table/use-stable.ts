import { useCallback, useLayoutEffect, useRef } from 'react';

/** A function that stays the same and always does what the last one given does; for rows that must not redraw. */
export function useStable<A extends readonly unknown[]>(run: (...args: A) => void) {
  const latest = useRef(run);
  useLayoutEffect(() => {
    latest.current = run;
  });
  return useCallback((...args: A): void => latest.current(...args), []);
}
