import { ActionIcon } from '@mantine/core';
import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  useId,
  useRef,
  useState,
} from 'react';
import { itemAfterKey } from './item-after-key.ts';
import './menu.css';

/** One line of a menu. */
export interface MenuItem {
  readonly label: string;
  readonly danger?: boolean;
  /** The letter that does the same on this screen. */
  readonly hint?: string;
  readonly run: () => void;
}

/** A button with a menu under it, after the menu button pattern of the ARIA Authoring Practices Guide. */
export function MenuButton(props: {
  readonly label: string;
  readonly icon: ReactNode;
  readonly items: readonly MenuItem[];
}) {
  const [isOpen, setOpen] = useState(false);
  const anchor = useRef<HTMLDivElement>(null);
  const menuId = useId();
  const focusButton = () => anchor.current?.querySelector<HTMLElement>('[aria-haspopup]')?.focus();
  const focusItem = (index: number) =>
    anchor.current?.querySelectorAll<HTMLElement>('[role="menuitem"]')[index]?.focus();
  const close = (): void => {
    setOpen(false);
    focusButton();
  };
  const open = (index: number): void => {
    setOpen(true);
    requestAnimationFrame(() => focusItem(index));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const items = [...(anchor.current?.querySelectorAll('[role="menuitem"]') ?? [])];
    const current = items.indexOf(document.activeElement as Element);
    const next = itemAfterKey(event.key, current, props.items.length);
    if (!isOpen && event.key === 'ArrowDown') open(0);
    else if (isOpen && event.key === 'Escape') close();
    else if (isOpen && next !== undefined) focusItem(next);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onBlur = (event: FocusEvent): void => {
    if (!event.currentTarget.contains(event.relatedTarget)) setOpen(false);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears the keys of the button and the menu inside
    <div className="menu-anchor" ref={anchor} onKeyDown={onKeyDown} onBlur={onBlur}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={props.label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        {...(isOpen ? { 'aria-controls': menuId } : {})}
        title={props.label}
        onClick={() => (isOpen ? close() : open(0))}
      >
        {props.icon}
      </ActionIcon>
      {isOpen ? (
        <div className="menu" role="menu" id={menuId} aria-label={props.label}>
          {props.items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              className={item.danger ? 'menu-item menu-danger' : 'menu-item'}
              aria-keyshortcuts={item.hint}
              onClick={() => {
                // The focus goes back first, so that a dialog opened by the item gives it back here.
                close();
                item.run();
              }}
            >
              {item.label}
              {item.hint === undefined ? null : (
                <span className="menu-hint" aria-hidden="true">
                  {item.hint}
                </span>
              )}
            </button>
          ))}
        </div>
      ) : null}
    </div>
  );
}
