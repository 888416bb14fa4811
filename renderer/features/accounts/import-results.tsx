import { useEffect, useRef, useState } from 'react';
import { nameLogin } from '../../../shared/i18n/words.ts';
import type { ImportedLogin } from '../../../shared/model/found-login.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { HelperDialog } from './helper-dialog.tsx';

/** What became of each login that was to be taken over. */
export function ImportResults({ results }: { readonly results: readonly ImportedLogin[] }) {
  const t = useWords();
  const list = useRef<HTMLUListElement>(null);
  const [routing, setRouting] = useState<string | null>(null);
  // The button that had the focus is gone with the logins it was about.
  useEffect(() => {
    if (results.length > 0) list.current?.focus();
  }, [results]);
  if (results.length === 0) return null;
  return (
    <>
      <ul
        ref={list}
        className="import-results quiet-focus"
        tabIndex={-1}
        aria-label={t('accounts.found.results')}
      >
        {results.map((result) => (
          <li key={result.id}>
            <StatusBadge
              tone={result.imported ? 'good' : 'bad'}
              word={t(`accounts.found.${outcomeOf(result)}`, { login: nameLogin(t, result) })}
            />
            {result.problem ? (
              <ProblemNote
                problem={result.problem}
                tone={result.imported ? 'attention' : 'bad'}
                actions={{ 'install-helper': () => setRouting(result.address) }}
              />
            ) : null}
          </li>
        ))}
      </ul>
      <HelperDialog
        address={routing ?? ''}
        opened={routing !== null}
        onClose={() => setRouting(null)}
      />
    </>
  );
}

function outcomeOf({ imported, plaintextRemoved }: ImportedLogin) {
  if (!imported) return 'notImported';
  return plaintextRemoved ? 'importedClean' : 'imported';
}
