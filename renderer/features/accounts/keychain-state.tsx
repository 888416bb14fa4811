import type { ReactNode } from 'react';
import type { KeychainStatus } from '../../../shared/model/secret-store.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** Whether the operating system's keychain can keep logins. */
export function KeychainState(props: {
  readonly keychain: KeychainStatus;
  /** Buttons at the end of the line. */
  readonly actions: ReactNode;
  readonly onRetry: () => void;
}) {
  const t = useWords();
  const { name, problem, state } = props.keychain;
  return (
    <>
      <div className="accounts-line">
        {state === 'ready' ? (
          <StatusBadge tone="good" word={t('accounts.store.keychain', { name })} />
        ) : (
          <StatusBadge tone="attention" word={t('accounts.store.noKeychain', { name })} />
        )}
        <div className="accounts-line-actions">{props.actions}</div>
      </div>
      {problem ? (
        <ProblemNote problem={problem} tone="attention" actions={{ retry: props.onRetry }} />
      ) : null}
    </>
  );
}
