import { Button, Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { FoundLogin, ImportedLogin } from '../../../shared/model/found-login.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { FoundRow } from './found-row.tsx';
import { useImport } from './use-import.ts';

/** The logins that were found, those in plain text chosen already, and the button that takes them over. */
export function FoundList(props: {
  readonly logins: readonly FoundLogin[];
  readonly onImported: (results: readonly ImportedLogin[]) => void;
}) {
  const t = useWords();
  const { logins } = props;
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(logins.filter(isUrgent).map(({ id }) => id)),
  );
  const [withHelper, setWithHelper] = useState(true);
  const { configPath, isBusy, needsHelper, problem, run } = useImport(props.onImported);
  const ids = logins.map(({ id }) => id).filter((id) => chosen.has(id));
  const choose = (id: string, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  return (
    <>
      <ul className="found-rows">
        {logins.map((login) => (
          <FoundRow
            key={login.id}
            login={login}
            isChosen={chosen.has(login.id)}
            onChoose={(isChosen) => choose(login.id, isChosen)}
          />
        ))}
      </ul>
      {needsHelper ? (
        <Checkbox
          size="xs"
          label={t('accounts.found.also')}
          description={t('accounts.found.alsoDoes', { path: configPath })}
          checked={withHelper}
          onChange={(event) => setWithHelper(event.currentTarget.checked)}
        />
      ) : null}
      {problem ? <ProblemNote problem={problem} /> : null}
      <div>
        <Button
          disabled={ids.length === 0}
          loading={isBusy}
          onClick={() => void run(ids, needsHelper && withHelper)}
        >
          {t('accounts.found.import', { count: ids.length })}
        </Button>
      </div>
    </>
  );
}

/** Whoever reads the file has these. */
function isUrgent({ problem, risks }: FoundLogin): boolean {
  return problem === null && risks.includes('plaintext');
}
