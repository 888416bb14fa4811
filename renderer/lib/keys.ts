import { useEffect, useRef } from 'react';

/** The parts of a keyboard event that decide whether it is a shortcut. */
export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'isComposing'
>;

/** Shortcuts by their name: `f`, `Escape`, `mod+n` (Ctrl, or ⌘ on a Mac), `alt+ArrowLeft`. */
export type Shortcuts = Readonly<Record<string, () => void>>;

/** The name of a key press among shortcuts; undefined while an input method composes. */
export function nameOfPress(press: KeyPress): string | undefined {
  if (press.isComposing || press.key === 'Process') return undefined;
  const parts = [
    press.ctrlKey || press.metaKey ? 'mod' : '',
    press.altKey ? 'alt' : '',
    press.key.length === 1 ? press.key.toLowerCase() : press.key,
  ];
  return parts.filter((part) => part !== '').join('+');
}

/** Whether a key goes into a text being written, where single letters are no shortcuts. */
function isWriting(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName)) &&
    !/^(checkbox|radio|button)$/.test((target as HTMLInputElement).type)
  );
}

/** Whether a dialog or a menu is open, which then has the keyboard for itself. */
function isCovered(): boolean {
  return document.querySelector('dialog[open], [role="menu"]') !== null;
}

/** Listens for shortcuts while the component is shown. Letters are left alone in text fields and under dialogs. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const name = nameOfPress(event);
      const run = name === undefined ? undefined : latest.current[name];
      if (!run || event.defaultPrevented || isCovered()) return;
      if (name?.length === 1 && isWriting(event.target)) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}

/** Whether the reader's keyboard has ⌘ instead of Ctrl. */
export const isMac = typeof navigator !== 'undefined' && /mac/i.test(navigator.userAgent);

/** Does what a shortcut of the screen does, for commands that stand elsewhere. */
export function pressShortcut(key: string): void {
  window.dispatchEvent(new KeyboardEvent('keydown', { key }));
}
