// biome-ignore-all lint/a11y/useSemanticElements: the list belongs to a combobox
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus stays in the field
import { useEffect, useRef } from 'react';
import { useWords } from '../../lib/words.tsx';
import { type PaletteItem, paletteGroups } from './palette-item.ts';

/** What the palette offers, in groups; the active line is kept in sight. */
export function PaletteList(props: {
  readonly id: string;
  /** Group after group. */
  readonly items: readonly PaletteItem[];
  readonly active: number;
  readonly onRun: (item: PaletteItem) => void;
}) {
  const t = useWords();
  const { id, items, active } = props;
  const list = useRef<HTMLDivElement>(null);
  const activeItem = items[active];
  // biome-ignore lint/correctness/useExhaustiveDependencies: another active line has to be shown
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [activeItem]);
  return (
    <div
      className="palette-list"
      role="listbox"
      id={id}
      aria-label={t('browse.palette.title')}
      ref={list}
    >
      {paletteGroups
        .map((group) => ({ group, members: items.filter((item) => item.group === group) }))
        .filter(({ members }) => members.length > 0)
        .map(({ group, members }) => (
          <div key={group} role="group" aria-label={t(`browse.palette.${group}`)}>
            <div className="palette-group" aria-hidden="true">
              {t(`browse.palette.${group}`)}
            </div>
            {members.map((item) => (
              <PaletteLine
                key={item.id}
                id={`${id}-${items.indexOf(item)}`}
                item={item}
                isActive={item === activeItem}
                onRun={props.onRun}
              />
            ))}
          </div>
        ))}
    </div>
  );
}

function PaletteLine(props: {
  readonly id: string;
  readonly item: PaletteItem;
  readonly isActive: boolean;
  readonly onRun: (item: PaletteItem) => void;
}) {
  const { item } = props;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field hears the keys
    <div
      className="palette-line"
      role="option"
      id={props.id}
      aria-selected={props.isActive}
      // The focus stays where one writes.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => props.onRun(item)}
    >
      {item.icon}
      <span className="clip" dir="auto">
        {item.before === undefined ? null : <span className="dimmed">{item.before}</span>}
        {item.label}
      </span>
      {item.hint === undefined ? null : (
        <span className="palette-hint" aria-hidden="true">
          {item.hint}
        </span>
      )}
    </div>
  );
}
