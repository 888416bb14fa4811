import { Button, PasswordInput, TextInput } from '@mantine/core';
import {
  type FormEvent,
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useRef,
  useState,
} from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { knownRegistryOf, type RegistryTraits } from '../../../shared/model/known-registry.ts';
import { useWords } from '../../lib/words.tsx';
import { type ProblemActions, ProblemNote } from '../problem-note.tsx';
import { AcceptTokenServer, useTokenServer } from './accept-token-server.tsx';
import { RegistryHint } from './registry-hint.tsx';
import './sign-in-form.css';

/** A name and a password, as they are sent to the main process once. */
export interface Credentials {
  readonly username: string;
  readonly password: string;
  /** Where else than to the registry it may be sent, when the person has said so. */
  readonly tokenServer?: string;
}

/**
 * Asks for a name and a password, with what a known registry wants to be typed there. The password is forgotten here
 * as soon as it is sent.
 */
export function SignInForm(props: {
  /** Which registry asks, as far as it is known. */
  readonly registry: RegistryTraits;
  /** Whether all but these two is there. */
  readonly isReady?: boolean;
  readonly busy: boolean;
  readonly problem: Problem | null;
  readonly actions?: ProblemActions;
  /** Whose login it is about; the person only types the password then. */
  readonly username?: string;
  readonly onSubmit: (credentials: Credentials) => void;
  /** A field above these. */
  readonly before?: ReactNode;
  readonly children?: ReactNode;
  readonly otherActions?: ReactNode;
}) {
  const t = useWords();
  const [typed, setTyped] = useState<string | null>(null);
  const [password, setPassword] = useState('');
  const frame = useRef<HTMLFormElement>(null);
  const note = useRef<HTMLDivElement>(null);
  const secret = useRef<HTMLInputElement>(null);
  const { busy, problem } = props;
  const { named, accepted, setAccepted } = useTokenServer(problem);
  const known = knownRegistryOf(props.registry);
  const username = typed ?? (props.username || known?.username) ?? '';
  // The fields were disabled while the server answered, which took the focus away.
  useEffect(() => {
    if (busy || !problem) return;
    const { activeElement } = document;
    const isElsewhere =
      !activeElement?.contains(frame.current) && !frame.current?.contains(activeElement);
    if (!isElsewhere) secret.current?.focus();
    note.current?.scrollIntoView({ block: 'nearest' });
  }, [busy, problem]);
  const isComplete = username !== '' && password !== '' && (props.isReady ?? true);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isComplete || busy) return;
    props.onSubmit({ username, password, ...(accepted === null ? {} : { tokenServer: accepted }) });
    setPassword('');
  };
  const first = props.before ? null : username === '' ? 'username' : 'password';
  const focusOn = (field: 'username' | 'password') =>
    first === field ? { 'data-autofocus': true } : {};
  return (
    <>
      {problem ? (
        <div ref={note}>
          <ProblemNote problem={problem} {...(props.actions ? { actions: props.actions } : {})} />
        </div>
      ) : null}
      <form
        ref={frame}
        className="sign-in-form"
        onSubmit={submit}
        onKeyDown={keepComposing}
        autoComplete="off"
      >
        {props.before}
        {known ? <RegistryHint registry={known} /> : null}
        <TextInput
          label={t('registries.signIn.username')}
          value={username}
          onChange={(event) => setTyped(event.currentTarget.value)}
          autoComplete="off"
          spellCheck={false}
          autoCapitalize="none"
          disabled={busy}
          {...focusOn('username')}
        />
        <PasswordInput
          ref={secret}
          label={t('registries.signIn.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="off"
          disabled={busy}
          visibilityToggleButtonProps={{ 'aria-label': t('registries.signIn.showPassword') }}
          {...focusOn('password')}
        />
        {named === null ? null : (
          <AcceptTokenServer
            address={props.registry.address}
            named={named}
            isAccepted={accepted !== null}
            busy={busy}
            onChange={(isAccepted) => setAccepted(isAccepted ? named : null)}
          />
        )}
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
