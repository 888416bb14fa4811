import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import KeyRound from 'lucide-react/icons/key-round';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { groupAccounts } from './group-accounts.ts';
import { RegistryCard } from './registry-card.tsx';

/** The accounts, a card for each registry. */
export function AccountList() {
  const t = useWords();
  const { api } = useRegent();
  const askToSignIn = useAskToSignIn();
  const accounts = useQuery(api.accounts.list.queryOptions({ staleTime: 0 }));
  const problem = problemIn(accounts);
  const retry = (): void => void accounts.refetch();
  if (problem) return <ProblemNote problem={problem} actions={{ retry }} />;
  if (!accounts.data) return <StatusBadge tone="busy" word={t('accounts.loading')} />;
  if (accounts.data.length === 0) {
    return (
      <EmptyState
        icon={<KeyRound size={32} strokeWidth={1.25} />}
        title={t('accounts.none')}
        text={t('accounts.noneText')}
      >
        <Button onClick={() => askToSignIn({ address: null })}>{t('accounts.signIn')}</Button>
      </EmptyState>
    );
  }
  return (
    <section className="accounts-part" aria-label={t('accounts.logins')}>
      <h2>{t('accounts.logins')}</h2>
      {groupAccounts(accounts.data).map((group) => (
        <RegistryCard key={group.address} group={group} />
      ))}
    </section>
  );
}
