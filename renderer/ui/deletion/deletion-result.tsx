import { Progress } from '@mantine/core';
import type { DeletionPlan } from '../../../shared/model/deletion.ts';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../problem-note.tsx';
import type { DeletionRun } from './use-deletion.ts';

/** How far a deletion is, or how it ended; with the first that went wrong with one image, unless something ended all. */
export function DeletionResult(props: { readonly plan: DeletionPlan; readonly run: DeletionRun }) {
  const t = useWords();
  const { ends, problem, state } = props.run;
  const count = props.plan.entries.length;
  const problems = [...ends.values()].filter((end) => end !== null);
  const [first] = problems;
  const deleted = ends.size - problems.length;
  return (
    <>
      {state === 'running' ? (
        <Progress.Root size={6}>
          <Progress.Section value={(ends.size / count) * 100} aria-label={t('deletion.progress')} />
        </Progress.Root>
      ) : null}
      <p role="status">{t('deletion.done', { deleted, count })}</p>
      {first && problem === null ? <ProblemNote problem={first} /> : null}
    </>
  );
}
