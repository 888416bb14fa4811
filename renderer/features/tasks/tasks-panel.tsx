import { ActionIcon, Button } from '@mantine/core';
import X from 'lucide-react/icons/x';
import { useShortcuts } from '../../lib/keys.ts';
import { useRegent } from '../../lib/regent-context.tsx';
import { useTasks } from '../../lib/tasks.tsx';
import { useWords } from '../../lib/words.tsx';
import { TaskCard } from './task-card.tsx';
import './tasks-panel.css';

/** All tasks, newest first. It lies over the window's edge and blocks nothing; Escape closes it. */
export function TasksPanel(props: { readonly onClose: () => void }) {
  const t = useWords();
  const { client } = useRegent();
  const { tasks } = useTasks();
  useShortcuts({ Escape: props.onClose });
  const hasEnded = tasks.some(({ state }) => state !== 'running');
  return (
    <section className="tasks-panel" aria-label={t('tasks.title')}>
      <header>
        <h2>{t('tasks.title')}</h2>
        {hasEnded ? (
          <Button
            size="compact-xs"
            variant="subtle"
            color="gray"
            onClick={() => void client.tasks.clear()}
          >
            {t('tasks.clear')}
          </Button>
        ) : null}
        <ActionIcon
          size="sm"
          variant="subtle"
          color="gray"
          aria-label={t('tasks.close')}
          onClick={props.onClose}
        >
          <X size={14} aria-hidden="true" />
        </ActionIcon>
      </header>
      {tasks.length === 0 ? (
        <p className="dimmed tasks-empty">{t('tasks.none')}</p>
      ) : (
        <ul>
          {tasks.map((task) => (
            <li key={task.id}>
              <TaskCard task={task} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
