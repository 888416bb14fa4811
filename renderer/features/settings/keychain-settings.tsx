import { useQuery } from '@tanstack/react-query';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';

/** Whether the operating system's keychain can keep passwords. */
export function KeychainSettings() {
  const t = useWords();
  const { api } = useRegent();
  const keychain = useQuery(api.accounts.keychain.queryOptions());
  const { data } = keychain;
  return (
    <section className="settings-part" aria-label={t('settings.keychain')}>
      <h2>{t('settings.keychain')}</h2>
      <p className="dimmed">{t('settings.keychainText')}</p>
      {data?.state === 'ready' ? (
        <StatusBadge tone="good" word={t('settings.keychainReady', { name: data.name })} />
      ) : null}
      {data?.problem ? (
        <ProblemNote
          problem={data.problem}
          tone="attention"
          actions={{ retry: () => void keychain.refetch() }}
        />
      ) : null}
    </section>
  );
}
