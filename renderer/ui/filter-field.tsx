import { TextInput } from '@mantine/core';
import Search from 'lucide-react/icons/search';
import { type KeyboardEvent, useRef } from 'react';
import { useShortcuts } from '../lib/keys.ts';
import { useWords } from '../lib/words.tsx';

/** The filter above a list: F leads to it, Escape empties it, the arrow down leads into the list. */
export function FilterField(props: {
  readonly label: string;
  /** What can be written there, where that is more than a part of what is listed. */
  readonly placeholder?: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  useShortcuts({ f: () => input.current?.select() });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && props.value !== '') {
      event.stopPropagation();
      props.onChange('');
    }
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      const around = event.currentTarget.closest('dialog') ?? document;
      around.querySelector<HTMLElement>('[role="grid"] [role="row"][tabindex="0"]')?.focus();
    }
  };
  return (
    <TextInput
      ref={input}
      className="filter"
      type="search"
      aria-label={props.label}
      placeholder={props.placeholder ?? `${t('browse.filterPlaceholder')} (F)`}
      leftSection={<Search size={14} aria-hidden="true" />}
      value={props.value}
      onChange={(event) => props.onChange(event.currentTarget.value)}
      onKeyDown={onKeyDown}
      spellCheck={false}
    />
  );
}
