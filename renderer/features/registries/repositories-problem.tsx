import { Button, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { goTo } from '../../lib/navigation.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';

/** Problems under which a repository may still be opened when one knows its name. */
const OPENS_BY_NAME = new Set(['CATALOG_UNAVAILABLE', 'ACCESS_DENIED', 'REGISTRY_ERROR']);

/** Why the repositories can't be listed, and the ways on. */
export function RepositoriesProblem(props: {
  readonly address: string;
  readonly problem: Problem;
  readonly onRetry: () => void;
}) {
  const { address, problem } = props;
  const askToSignIn = useAskToSignIn();
  return (
    <div className="page-body flow-content">
      <ProblemNote
        problem={problem}
        actions={{
          retry: props.onRetry,
          trust: () => goTo({ screen: 'add', text: address, demo: false }),
          'sign-in': () => askToSignIn(wishFor(problem, address)),
        }}
      />
      {OPENS_BY_NAME.has(problem.code) ? <OpenByName address={address} /> : null}
    </div>
  );
}

function OpenByName({ address }: { readonly address: string }) {
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
