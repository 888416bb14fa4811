import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useRef,
  useState,
} from 'react';
import type { Task } from '../../shared/model/task.ts';
import { followStream } from './follow-stream.ts';
import type { ImageChoice } from './image-place.ts';
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
  /** Starts to copy an image to another place, and shows the work. Rejects as the call does. */
  readonly copy: (order: CopyOrder) => Promise<void>;
  /** What starts the same work anew; undefined for work that was ordered elsewhere, or before the window was loaded. */
  readonly againOf: (task: Task) => (() => Promise<void>) | undefined;
}

/** An image to be saved as an archive; of an index, one platform or all of it. */
export interface SaveOrder extends ImageChoice {
  readonly format: 'oci' | 'docker-archive';
}

/** An image to be copied; of an index, one platform or all of it. */
export interface CopyOrder extends ImageChoice {
  readonly target: {
    readonly address: string;
    readonly repository: string;
    readonly tag: string;
  };
  /** Whether signatures, SBOMs and attestations come, too. */
  readonly referrers: boolean;
}

/** Begins work and answers with the task's id. */
type Begin = () => Promise<{ readonly taskId: string }>;

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
  const begun = useRef(new Map<string, Begin>());
  const start = useCallback(async (begin: Begin): Promise<void> => {
    const { taskId } = await begin();
    begun.current.set(taskId, begin);
    showPanel(true);
  }, []);
  const orders = useMemo(() => {
    const pull = (reference: string, platform?: string) =>
      start(() =>
        client.images.pull({ reference, ...(platform === undefined ? {} : { platform }) }),
      );
    return {
      pull,
      save: (order: SaveOrder) => start(() => client.images.save(order)),
      copy: (order: CopyOrder) => start(() => client.images.copy(order)),
      againOf: ({ id, kind, subject }: Task) => {
        const begin = begun.current.get(id);
        if (begin) return () => start(begin);
        // Of a saving or a copy, the subject does not say all that was asked for.
        return kind === 'pull' ? () => pull(subject) : undefined;
      },
    };
  }, [client, start]);
  const value = useMemo(
    () => ({ tasks, isPanelOpen, showPanel, ...orders }),
    [tasks, isPanelOpen, orders],
  );
  return <TasksContext value={value}>{props.children}</TasksContext>;
}

/** Long work, and the panel that shows it. */
export function useTasks(): Tasks {
  const tasks = useContext(TasksContext);
  if (!tasks) throw new Error('useTasks is used outside of TasksProvider');
  return tasks;
}
