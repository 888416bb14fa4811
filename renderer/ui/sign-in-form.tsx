import { Button, PasswordInput, TextInput } from '@mantine/core';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Problem } from '../../shared/errors/index.ts';
import { useWords } from '../lib/words.tsx';
import { ProblemNote } from './problem-note.tsx';
import './sign-in-form.css';

/** A name and a password, as they are sent to the main process once. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Asks for a name and a password. The password is forgotten here as soon as it is sent. */
export function SignInForm(props: {
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly username?: string;
  readonly onSubmit: (credentials: Credentials) => void;
  readonly children?: ReactNode;
  readonly otherActions?: ReactNode;
}) {
  const t = useWords();
  const [username, setUsername] = useState(props.username ?? '');
  const [password, setPassword] = useState('');
  const frame = useRef<HTMLFormElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const { busy, problem } = props;
  // The fields were disabled while the server answered, which took the focus away.
  useEffect(() => {
    if (busy || !problem) return;
    const { activeElement } = document;
    const isElsewhere =
      !activeElement?.contains(frame.current) && !frame.current?.contains(activeElement);
    if (!isElsewhere) secret.current?.focus();
    note.current?.scrollIntoView({ block: 'nearest' });
  }, [busy, problem]);
  const isComplete = username !== '' && password !== '';
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete || busy) return;
    props.onSubmit({ username, password });
    setPassword('');
  };
  return (
    <>
      {problem ? (
        <div ref={note}>
          <ProblemNote problem={problem} />
        </div>
      ) : null}
      <form
        ref={frame}
        className="sign-in-form"
        onSubmit={submit}
        onKeyDown={keepComposing}
        autoComplete="off"
      >
        <TextInput
          label={t('registries.signIn.username')}
          value={username}
          onChange={(event) => setUsername(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          disabled={busy}
          data-autofocus
        />
        <PasswordInput
          ref={secret}
          label={t('registries.signIn.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
          disabled={busy}
          visibilityToggleButtonProps={{ 'aria-label': t('registries.signIn.showPassword') }}
        />
        {props.children}
        <div className="sign-in-actions">
          <Button type="submit" loading={busy} disabled={!isComplete}>
            {t('registries.signIn.submit')}
          </Button>
          {props.otherActions}
        </div>
      </form>
    </>
  );
}

/** Enter that ends a Hangul syllable must not send the form. */
function keepComposing(event: KeyboardEvent): void {
  if (event.key === 'Enter' && event.nativeEvent.isComposing) event.preventDefault();
}
