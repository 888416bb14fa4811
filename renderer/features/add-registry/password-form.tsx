import { Button, PasswordInput } from '@mantine/core';
import { type FormEvent, useEffect, useRef } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';

/** Asks for the password of a protected file. It goes to the main process and is not kept in the page's state. */
export function PasswordForm(props: {
  readonly problem: Problem;
  readonly isBusy: boolean;
  readonly onSubmit: (password: string) => void;
}) {
  const t = useWords();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const field = input.current;
    if (!field || field.value === '') return;
    props.onSubmit(field.value);
    field.value = '';
  };
  return (
    <ProblemNote problem={props.problem} tone="attention">
      <form className="password-form" onSubmit={submit}>
        <PasswordInput
          ref={input}
          label={t('registries.certificate.password')}
          visibilityToggleButtonProps={{ 'aria-label': t('registries.signIn.showPassword') }}
          autoComplete="off"
        />
        <Button type="submit" variant="default" loading={props.isBusy}>
          {t('registries.certificate.openFile')}
        </Button>
      </form>
    </ProblemNote>
  );
}
