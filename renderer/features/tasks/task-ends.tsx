import { useEffect, useRef } from 'react';
import { useAnnounce } from '../../lib/announcer.tsx';
import { useTasks } from '../../lib/tasks.tsx';
import { useWords } from '../../lib/words.tsx';

/** Says that a task has ended, once, also when the panel is closed. It shows nothing by itself. */
export function TaskEnds() {
  const t = useWords();
  const announce = useAnnounce();
  const { tasks } = useTasks();
  const running = useRef<ReadonlySet<string>>(new Set());
  useEffect(() => {
    for (const task of tasks) {
      if (task.state === 'running' || !running.current.has(task.id)) continue;
      announce(t(`tasks.ended.${task.state}`, { kind: task.kind, reference: task.subject }));
    }
    running.current = new Set(tasks.filter(({ state }) => state === 'running').map(({ id }) => id));
  }, [tasks, announce, t]);
  return null;
}
