import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useWords } from '../../lib/words.tsx';

/** A name and a value to set. The value goes to the main process once, and is gone from here then. */
export function HeaderForm(props: {
  readonly busy: boolean;
  readonly onSet: (name: string, value: string) => Promise<boolean>;
}) {
  const t = useWords();
  const { busy } = props;
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setValue('');
    if (await props.onSet(name.trim(), value.trim())) setName('');
  };
  return (
    <form className="header-form" onSubmit={(event) => void submit(event)}>
      <TextInput
        label={t('registries.headers.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        disabled={busy}
        data-autofocus
      />
      <PasswordInput
        label={t('registries.headers.value')}
        value={value}
        onChange={(event) => setValue(event.currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('registries.headers.showValue') }}
        autoComplete="off"
        disabled={busy}
      />
      <Button type="submit" loading={busy} disabled={name.trim() === '' || value.trim() === ''}>
        {t('registries.headers.set')}
      </Button>
    </form>
  );
}
