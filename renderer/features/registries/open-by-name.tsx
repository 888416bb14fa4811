import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { isDockerHub } from '../../../shared/model/docker-hub.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';

/** Opens a repository that no list names. */
export function OpenByName({ address }: { readonly address: string }) {
  const t = useWords();
  const [name, setName] = useState('');
  const typed = name.trim().replace(/^\/+|\/+$/g, '');
  // Official images of Docker Hub are called so by everybody, and are in a namespace all the same.
  const isOfficial = isDockerHub(address) && typed !== '' && !typed.includes('/');
  const repository = isOfficial ? `library/${typed}` : typed;
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
