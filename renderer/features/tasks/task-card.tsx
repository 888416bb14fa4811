import { Button } from '@mantine/core';
import { useState } from 'react';
import type { Problem } from '../../../shared/errors/index.ts';
import { assertNever } from '../../../shared/model/assert-never.ts';
import type { Task } from '../../../shared/model/task.ts';
import { addressIn, problemUnlessDismissed } from '../../lib/errors.ts';
import { goTo } from '../../lib/navigation.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useTasks } from '../../lib/tasks.tsx';
import { useWords } from '../../lib/words.tsx';
import { ProblemNote } from '../../ui/problem-note.tsx';
import { useAskToSignIn } from '../../ui/sign-in/ask-to-sign-in.tsx';
import { wishFor } from '../../ui/sign-in/sign-in-wish.ts';
import { StatusIcon, type Tone } from '../../ui/status-badge.tsx';
import { TaskProgress } from './task-progress.tsx';
import { TaskResult } from './task-result.tsx';

const tones: Readonly<Record<Task['state'], Tone>> = {
  running: 'busy',
  done: 'good',
  failed: 'bad',
  cancelled: 'off',
};

/** One task: what it is about, how far it is, and how it ended. */
export function TaskCard({ task }: { readonly task: Task }) {
  const t = useWords();
  const { client } = useRegent();
  const { kind } = task;
  return (
    <article
      className="task-card"
      aria-label={t('tasks.workOf', { kind, reference: task.subject })}
    >
      <div className="task-head">
        <StatusIcon tone={tones[task.state]} size={16} />
        <h3 className="task-subject" dir="ltr">
          {task.subject}
        </h3>
        {task.state === 'running' ? (
          <Button
            size="compact-xs"
            variant="default"
            aria-label={t('tasks.cancelOf', { kind, reference: task.subject })}
            onClick={() => void client.tasks.cancel({ id: task.id })}
          >
            {t('tasks.cancel')}
          </Button>
        ) : null}
      </div>
      <TaskEnd task={task} />
    </article>
  );
}

function TaskEnd({ task }: { readonly task: Task }) {
  const t = useWords();
  const { againOf } = useTasks();
  const askToSignIn = useAskToSignIn();
  const start = againOf(task);
  const [refused, setRefused] = useState<Problem | null>(null);
  const refuse = (error: unknown): void => setRefused(problemUnlessDismissed(error));
  const again = start && ((): void => void start().then(() => setRefused(null), refuse));
  const problem = refused ?? task.error;
  const [home = ''] = task.subject.split('/');
  // A copy also reads from a registry that its subject does not name.
  const address = (problem && addressIn(problem)) ?? home;
  if (problem) {
    return (
      <ProblemNote
        problem={problem}
        actions={{
          ...(again && { retry: again }),
          trust: () => goTo({ screen: 'add', text: address, demo: false }),
          'sign-in': () => askToSignIn(wishFor(problem, address, again)),
        }}
      />
    );
  }
  switch (task.state) {
    case 'running':
      return <TaskProgress task={task} />;
    case 'done':
      return <TaskResult task={task} />;
    case 'failed':
      return <p>{t('tasks.state.failed')}</p>;
    case 'cancelled':
      return (
        <div className="task-line">
          <span>{t('tasks.state.cancelled')}</span>
          {again ? (
            <Button size="compact-xs" variant="default" onClick={again}>
              {t('browse.action.retry')}
            </Button>
          ) : null}
        </div>
      );
    default:
      return assertNever(task.state);
  }
}
