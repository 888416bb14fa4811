import type { Task } from '../../../shared/model/task.ts';
import { useWords } from '../../lib/words.tsx';
import { CopyButton } from '../../ui/copy-button.tsx';

/** The good end of a task: what came, and how to run what was pulled. */
export function TaskResult({ task }: { readonly task: Task }) {
  const t = useWords();
  const run = `docker run --rm ${task.subject}`;
  return (
    <>
      <p className="task-line">
        {t(task.upToDate ? 'tasks.upToDate' : 'tasks.state.done', { kind: task.kind })}
      </p>
      <dl className="task-result">
        {task.digest === null ? null : (
          <>
            <dt>{t('tasks.digest')}</dt>
            <dd>
              <code dir="ltr" title={task.digest}>
                {task.digest}
              </code>
              <CopyButton text={task.digest} label={t('tasks.copyDigest')} />
            </dd>
          </>
        )}
        {task.kind === 'pull' ? (
          <>
            <dt>{t('tasks.run')}</dt>
            <dd>
              <code dir="ltr" title={run}>
                {run}
              </code>
              <CopyButton text={run} label={t('tasks.copyRun')} />
            </dd>
          </>
        ) : null}
      </dl>
    </>
  );
}
