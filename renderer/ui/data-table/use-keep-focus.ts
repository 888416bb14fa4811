import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Keeps the focus in a list whose rows move or go: the row with it may be put elsewhere, or be gone. */
export function useKeepFocus(
  scroller: RefObject<HTMLElement | null>,
  rows: readonly unknown[],
): void {
  const hadFocus = useRef(false);
  useEffect(() => {
    const list = scroller.current;
    const leave = new AbortController();
    const { signal } = leave;
    list?.addEventListener('focusin', () => (hadFocus.current = true), { signal });
    // What is taken out of the page with the focus says nothing; whoever leaves by himself does.
    list?.addEventListener('focusout', () => (hadFocus.current = false), { signal });
    return () => leave.abort();
  }, [scroller]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows may have taken the focus away
  useLayoutEffect(() => {
    if (!hadFocus.current || document.activeElement !== document.body) return;
    scroller.current
      ?.querySelector<HTMLElement>('[role="row"][tabindex="0"]')
      ?.focus({ preventScroll: true });
  }, [rows, scroller]);
}
