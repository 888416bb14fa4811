import { Button, PasswordInput, TextInput } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactNode, useState } from 'react';
import { useWords } from '../lib/words.tsx';
import './sign-in-form.css';

/** A name and a password, as they are sent to the main process once. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Asks for a name and a password. The password is forgotten here as soon as it is sent. */
export function SignInForm(props: {
  readonly busy: boolean;
  readonly username?: string;
  readonly onSubmit: (credentials: Credentials) => void;
  readonly children?: ReactNode;
  readonly otherActions?: ReactNode;
}) {
  const t = useWords();
  const [username, setUsername] = useState(props.username ?? '');
  const [password, setPassword] = useState('');
  const isComplete = username !== '' && password !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete || props.busy) return;
    props.onSubmit({ username, password });
    setPassword('');
  };
  return (
    <form className="sign-in-form" onSubmit={submit} onKeyDown={keepComposing} autoComplete="off">
      <TextInput
        label={t('registries.signIn.username')}
        value={username}
        onChange={(event) => setUsername(event.currentTarget.value)}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="none"
        disabled={props.busy}
        data-autofocus
      />
      <PasswordInput
        label={t('registries.signIn.password')}
        value={password}
        onChange={(event) => setPassword(event.currentTarget.value)}
        autoComplete="off"
        disabled={props.busy}
        visibilityToggleButtonProps={{ 'aria-label': t('registries.signIn.showPassword') }}
      />
      {props.children}
      <div className="sign-in-actions">
        <Button type="submit" loading={props.busy} disabled={!isComplete}>
          {t('registries.signIn.submit')}
        </Button>
        {props.otherActions}
      </div>
    </form>
  );
}

/** Enter that ends a Hangul syllable must not send the form. */
function keepComposing(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault();
}
