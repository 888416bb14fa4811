import { useRef, useState } from 'react';
import { Palette } from '../features/palette/palette.tsx';
import { TaskEnds } from '../features/tasks/task-ends.tsx';
import { TasksButton } from '../features/tasks/tasks-button.tsx';
import { TasksPanel } from '../features/tasks/tasks-panel.tsx';
import { useShortcuts } from '../lib/keys.ts';
import { goTo, useFragment } from '../lib/navigation.ts';
import { useTasks } from '../lib/tasks.tsx';
import { Rail } from './rail.tsx';
import { Screen } from './screen.tsx';
import { sectionShortcuts } from './sections.ts';
import { StatusBar } from './status-bar.tsx';
import { useCommands } from './use-commands.tsx';

/** The frame around every screen: the rail, the screen, the tasks, the status bar, the palette of commands. */
export function Shell() {
  const fragment = useFragment();
  const { isPanelOpen, showPanel } = useTasks();
  const [isSearching, setSearching] = useState(false);
  const commands = useCommands();
  const tasksButton = useRef<HTMLButtonElement>(null);
  useShortcuts({
    ...sectionShortcuts,
    'mod+k': () => setSearching(true),
    'mod+n': () => goTo({ screen: 'add', text: '', demo: false }),
    'alt+ArrowLeft': () => window.history.back(),
    'alt+ArrowRight': () => window.history.forward(),
  });
  const closePanel = (): void => {
    showPanel(false);
    tasksButton.current?.focus();
  };
  return (
    <div className="shell">
      <Rail onSearch={() => setSearching(true)} />
      <div className={isPanelOpen ? 'shell-main tasks-open' : 'shell-main'}>
        <main id="main">
          <Screen fragment={fragment} />
        </main>
        <div className="shell-tasks">
          <TasksButton buttonRef={tasksButton} />
        </div>
        {isPanelOpen ? <TasksPanel onClose={closePanel} /> : null}
        <TaskEnds />
      </div>
      <StatusBar />
      {isSearching ? <Palette commands={commands} onClose={() => setSearching(false)} /> : null}
    </div>
  );
}
