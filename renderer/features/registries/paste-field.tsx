import { Button, TextInput } from '@mantine/core';
import { type ClipboardEvent, type FormEvent, useState } from 'react';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';

/** The one field to begin with: an address, a URL or a whole docker command. */
export function PasteField() {
  const t = useWords();
  const [text, setText] = useState('');
  const begin = (input: string): void => goTo({ screen: 'add', text: input.trim(), demo: false });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    begin(text);
  };
  const paste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const pasted = event.clipboardData.getData('text').trim();
    if (pasted === '' || text !== '') return;
    event.preventDefault();
    begin(pasted);
  };
  return (
    <form className="paste-field" onSubmit={submit}>
      <TextInput
        label={t('registries.paste.label')}
        placeholder={t('registries.paste.placeholder')}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={paste}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        data-autofocus
      />
      <Button type="submit" disabled={text.trim() === ''}>
        {t('registries.home.add')}
      </Button>
    </form>
  );
}
