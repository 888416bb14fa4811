import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { formatAge } from '../../../shared/i18n/words.ts';
import type { EncryptedFiles } from '../../../shared/model/secret-store.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useRefreshAccounts } from '../../lib/use-refresh-accounts.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { UnlockForm } from '../../ui/unlock-form.tsx';

/** The encrypted files: whether they can be read now, and the way to open and close them. */
export function EncryptedFilesState(props: {
  readonly files: EncryptedFiles;
  /** Further buttons at the end of the line. */
  readonly actions: ReactNode;
  readonly onRetry: () => void;
}) {
  const t = useWords();
  const { api } = useRegent();
  const refresh = useRefreshAccounts();
  const lock = useMutation(api.accounts.lockStore.mutationOptions({ onSettled: refresh }));
  const { keyFile, locked, path, problem, unlockedBy, until } = props.files;
  const isByPassphrase = unlockedBy === 'passphrase';
  const lockProblem = problemIn(lock);
  return (
    <>
      <div className="accounts-line">
        <span>
          <StatusBadge
            tone={locked || problem ? 'attention' : 'good'}
            word={t(locked ? 'accounts.store.locked' : `accounts.store.open.${unlockedBy}`)}
          />
          {!locked && until !== null ? (
            <span className="dimmed">
              {' '}
              {t('accounts.store.until', { when: formatAge(t.locale, until, Date.now()) })}
            </span>
          ) : null}
        </span>
        <div className="accounts-line-actions">
          {!locked && isByPassphrase ? (
            <Button
              variant="default"
              loading={lock.isPending}
              onClick={() => lock.mutate(undefined)}
            >
              {t('accounts.store.lock')}
            </Button>
          ) : null}
          {props.actions}
        </div>
      </div>
      {problem ? (
        <ProblemNote problem={problem} tone="attention" actions={{ retry: props.onRetry }} />
      ) : null}
      {lockProblem ? <ProblemNote problem={lockProblem} /> : null}
      {locked && isByPassphrase ? <UnlockForm /> : null}
      <dl className="accounts-facts">
        <dt>{t('accounts.store.folder')}</dt>
        <dd>
          <code dir="ltr">{path}</code>
        </dd>
        {keyFile === null ? null : (
          <>
            <dt>{t('accounts.store.keyFile')}</dt>
            <dd>
              <code dir="ltr">{keyFile}</code>
            </dd>
          </>
        )}
      </dl>
    </>
  );
}
