import { type KeyboardEvent, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { rescueFocus } from '../../lib/rescue-focus.ts';
import { useWords } from '../../lib/words.tsx';
import { itemAfterKey } from '../../ui/item-after-key.ts';
import './palette.css';
import type { PaletteItem } from './palette-item.ts';
import { PaletteList } from './palette-list.tsx';
import { usePaletteItems } from './use-palette-items.tsx';

/**
 * One field that leads to everything: repositories of all registries, registries, screens, commands. A combobox with a
 * list that is always open, after the ARIA Authoring Practices Guide: the focus stays in the field.
 */
export function Palette(props: {
  readonly commands: readonly PaletteItem[];
  readonly onClose: () => void;
}) {
  const t = useWords();
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<string | null>(null);
  const items = usePaletteItems(text, props.commands);
  const active = Math.max(
    0,
    items.findIndex(({ id }) => id === chosen),
  );
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => {
      element?.close();
      rescueFocus();
    };
  }, []);
  const run = (item: PaletteItem | undefined): void => {
    if (!item) return;
    props.onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return;
    // Home and End belong to the text.
    const next = /^Arrow/.test(event.key)
      ? itemAfterKey(event.key, active, items.length)
      : undefined;
    if (next !== undefined) setChosen(items[next]?.id ?? null);
    else if (event.key === 'Enter') run(items[active]);
    else if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) props.onClose();
    else return;
    event.preventDefault();
  };
  return createPortal(
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, too
    <dialog
      ref={dialog}
      className="palette"
      aria-label={t('browse.palette.title')}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => event.target === dialog.current && props.onClose()}
    >
      <input
        className="palette-field"
        type="text"
        role="combobox"
        aria-label={t('browse.palette.title')}
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        {...(items.length === 0 ? {} : { 'aria-activedescendant': `${listId}-${active}` })}
        placeholder={t('browse.palette.placeholder')}
        value={text}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setChosen(null);
        }}
        onKeyDown={onKeyDown}
        maxLength={300}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
      />
      <PaletteList id={listId} items={items} active={active} onRun={run} />
      {items.length === 0 ? <p className="palette-none">{t('browse.noHits', { text })}</p> : null}
      <p className="visually-hidden" role="status">
        {t('browse.palette.count', { count: items.length })}
      </p>
    </dialog>,
    document.body,
  );
}
