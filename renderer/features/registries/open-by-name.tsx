import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';

/** Opens a repository that no list names. */
export function OpenByName({ address }: { readonly address: string }) {
  const t = useWords();
  const [name, setName] = useState('');
  const repository = name.trim().replace(/^\/+|\/+$/g, '');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (repository !== '') goTo({ screen: 'repository', address, repository });
  };
  return (
    <form className="paste-field open-by-name" onSubmit={submit}>
      <TextInput
        label={t('browse.openByName')}
        placeholder={t('browse.openByNamePlaceholder')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
      />
      <Button type="submit" variant="default" disabled={repository === ''}>
        {t('browse.open')}
      </Button>
    </form>
  );
}
