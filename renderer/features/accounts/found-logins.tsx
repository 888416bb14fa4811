import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { FoundLogin, ImportedLogin } from '../../../shared/model/found-login.ts';
import { problemIn } from '../../lib/errors.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { FoundList } from './found-list.tsx';
import { ImportResults } from './import-results.tsx';

/** Logins that other programs keep, to be taken over; and what became of those that were. */
export function FoundLogins() {
  const t = useWords();
  const { api } = useRegent();
  const found = useQuery(api.accounts.found.queryOptions({ staleTime: 0 }));
  const [results, setResults] = useState<readonly ImportedLogin[]>([]);
  const problem = problemIn(found);
  const title = t('accounts.found.title');
  const logins = found.data ?? [];
  const isQuiet = logins.length + results.length === 0 && problem === null;
  return (
    <section
      className={isQuiet ? 'accounts-part accounts-quiet' : 'accounts-part'}
      aria-label={title}
    >
      <h2>{title}</h2>
      {problem ? (
        <ProblemNote problem={problem} actions={{ retry: () => void found.refetch() }} />
      ) : null}
      {found.isPending ? <StatusBadge tone="busy" word={t('accounts.found.looking')} /> : null}
      <ImportResults results={results} />
      {logins.length > 0 ? (
        <>
          <p className="dimmed">{t('accounts.found.text')}</p>
          <FoundList key={keyOf(logins)} logins={logins} onImported={setResults} />
        </>
      ) : null}
      {found.data && isQuiet ? <p className="dimmed">{t('accounts.found.none')}</p> : null}
    </section>
  );
}

/** Other logins are another list, with a choice of its own. */
const keyOf = (logins: readonly FoundLogin[]): string => logins.map(({ id }) => id).join('\n');
