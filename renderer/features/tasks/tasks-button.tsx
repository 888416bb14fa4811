import { Button } from '@mantine/core';
import ListChecks from 'lucide-react/icons/list-checks';
import type { RefObject } from 'react';
import { useTasks } from '../../lib/tasks.tsx';
import { useWords } from '../../lib/words.tsx';
import { StatusIcon } from '../../ui/status-badge.tsx';

/** Opens and closes the panel of tasks; says how many are running. */
export function TasksButton(props: { readonly buttonRef: RefObject<HTMLButtonElement | null> }) {
  const t = useWords();
  const { tasks, isPanelOpen, showPanel } = useTasks();
  const running = tasks.filter(({ state }) => state === 'running').length;
  return (
    <Button
      ref={props.buttonRef}
      variant="default"
      size="compact-sm"
      aria-expanded={isPanelOpen}
      leftSection={
        running > 0 ? <StatusIcon tone="busy" /> : <ListChecks size={14} aria-hidden="true" />
      }
      onClick={() => showPanel(!isPanelOpen)}
    >
      {running > 0 ? t('tasks.buttonRunning', { count: running }) : t('tasks.button')}
    </Button>
  );
}
