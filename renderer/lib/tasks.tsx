import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
} from 'react';
import type { Task } from '../../shared/model/task.ts';
import { followStream } from './follow-stream.ts';
import { useRegent } from './regent-context.tsx';

/** Long work, and the panel that shows it. */
export interface Tasks {
  readonly tasks: readonly Task[];
  readonly isPanelOpen: boolean;
  readonly showPanel: (open: boolean) => void;
  /** Starts to pull an image, of the engine's platform or that one, and shows the work. Rejects as the call does. */
  readonly pull: (reference: string, platform?: string) => Promise<void>;
  /** Starts to save an image where the person says in the system's dialog, and shows the work. Rejects as the call does. */
  readonly save: (order: SaveOrder) => Promise<void>;
}

/** An image to be saved as an archive; of an index, one platform or all of it. */
export interface SaveOrder {
  readonly address: string;
  readonly repository: string;
  /** A tag or a digest. */
  readonly reference: string;
  readonly format: 'oci' | 'docker-archive';
  readonly platform?: string;
}

const TasksContext = createContext<Tasks | null>(null);

/** Before a broken watch is opened again, in milliseconds. */
const REOPEN_AFTER = 1000;

/** Follows long work for everything below. */
export function TasksProvider(props: { readonly children: ReactNode }) {
  const { client } = useRegent();
  const [tasks, setTasks] = useState<readonly Task[]>([]);
  const [isPanelOpen, showPanel] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    const watch = async (): Promise<void> => {
      while (!stop.signal.aborted) {
        await followStream(
          (signal) => client.tasks.watch(undefined, { signal }),
          stop.signal,
          setTasks,
        ).catch(() => {});
        await new Promise((resolve) => setTimeout(resolve, REOPEN_AFTER));
      }
    };
    void watch();
    return () => stop.abort();
  }, [client]);
  const pull = useCallback(
    async (reference: string, platform?: string) => {
      await client.images.pull({ reference, ...(platform === undefined ? {} : { platform }) });
      showPanel(true);
    },
    [client],
  );
  const save = useCallback(
    async (order: SaveOrder) => {
      await client.images.save(order);
      showPanel(true);
    },
    [client],
  );
  const value = useMemo(
    () => ({ tasks, isPanelOpen, showPanel, pull, save }),
    [tasks, isPanelOpen, pull, save],
  );
  return <TasksContext value={value}>{props.children}</TasksContext>;
}

/** Long work, and the panel that shows it. */
export function useTasks(): Tasks {
  const tasks = useContext(TasksContext);
  if (!tasks) throw new Error('useTasks is used outside of TasksProvider');
  return tasks;
}
