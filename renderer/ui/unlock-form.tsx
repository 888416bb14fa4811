import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef } from 'react';
import { explainHere } from '../../shared/i18n/words.ts';
import { useRegent } from '../lib/regent-context.tsx';
import { usePrivateCall } from '../lib/use-private-call.ts';
import { useRefreshAccounts } from '../lib/use-refresh-accounts.ts';
import { useWords } from '../lib/words.tsx';
import { Prose } from './prose.tsx';
import './unlock-form.css';

/** Asks for the passphrase of the encrypted logins. It goes to the main process and is not kept in the page's state. */
export function UnlockForm(props: { readonly onUnlocked?: (() => void) | undefined }) {
  const t = useWords();
  const { client } = useRegent();
  const refresh = useRefreshAccounts();
  const { isBusy, problem, run } = usePrivateCall();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (problem) input.current?.focus();
  }, [problem]);
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const field = input.current;
    const passphrase = field?.value;
    if (!field || !passphrase || isBusy) return;
    field.value = '';
    if (!(await run(() => client.accounts.unlockStore({ passphrase })))) return;
    props.onUnlocked?.();
    await refresh();
  };
  return (
    <form className="unlock-form" onSubmit={(event) => void submit(event)} autoComplete="off">
      <PasswordInput
        ref={input}
        label={t('accounts.store.passphrase')}
        error={problem ? <Prose text={explainHere(t, problem).what} /> : null}
        visibilityToggleButtonProps={{ 'aria-label': t('accounts.store.showPassphrase') }}
        autoComplete="off"
      />
      <Button type="submit" loading={isBusy}>
        {t('accounts.store.unlock')}
      </Button>
    </form>
  );
}
