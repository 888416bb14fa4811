/** Gives the keyboard its place again once what had the focus is gone: at the heading, where the screen begins. */
export function rescueFocus(): void {
  requestAnimationFrame(() => {
    const { activeElement } = document;
    if (activeElement !== null && activeElement !== document.body) return;
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  });
}
