import { type Problem, problem } from '../../../shared/errors/index.ts';
import type { LayerProgress, Task } from '../../../shared/model/task.ts';
import { pause } from './pause.ts';

const LAYER = 28_000_000;
const TICK = 120;

/** Imagined pulls and other work: they move by themselves, fail when the tag says so, and can be cancelled. */
export class TaskBoard {
  private tasks: readonly Task[] = [];
  private readonly listeners = new Set<() => void>();
  private count = 0;

  /** Starts work and answers with its id; `refusal` is how it ends where the engine is not let in. */
  start(reference: string, refusal: Problem | null = null, kind: Task['kind'] = 'pull'): string {
    this.count += 1;
    const id = `task-${this.count}`;
    const task: Task = {
      id,
      kind,
      subject: reference,
      state: 'running',
      done: 0,
      total: null,
      fraction: null,
      rate: 0,
      layers: [],
      digest: null,
      upToDate: false,
      startedAt: new Date().toISOString(),
      endedAt: null,
      error: null,
    };
    this.tasks = [task, ...this.tasks];
    this.tell();
    void this.run(id, refusal);
    return id;
  }

  cancel(id: string): boolean {
    const isRunning = this.tasks.some((task) => task.id === id && task.state === 'running');
    this.change(id, { state: 'cancelled' });
    return isRunning;
  }

  clear(): number {
    const running = this.tasks.filter(({ state }) => state === 'running');
    const cleared = this.tasks.length - running.length;
    this.tasks = running;
    this.tell();
    return cleared;
  }

  async *watch(signal: AbortSignal): AsyncGenerator<Task[], void, void> {
    let wake = (): void => {};
    const listener = (): void => wake();
    this.listeners.add(listener);
    signal.addEventListener('abort', listener);
    try {
      while (!signal.aborted) {
        const next = new Promise<void>((resolve) => {
          wake = resolve;
        });
        yield [...this.tasks];
        await next;
      }
    } finally {
      this.listeners.delete(listener);
    }
  }

  private async run(id: string, refusal: Problem | null): Promise<void> {
    const { subject } = this.tasks.find((task) => task.id === id) ?? { subject: '' };
    // A reference that says "forever" stays half way, for pictures.
    const steps = subject.includes('forever') ? 11 : 20;
    for (let step = 1; step <= steps; step += 1) {
      await pause(TICK);
      if (this.tasks.find((task) => task.id === id)?.state !== 'running') return;
      const missing = { reference: subject, message: 'manifest unknown' };
      const error =
        refusal ?? (subject.includes('broken') ? problem('ENGINE_NOT_FOUND', missing) : null);
      if (error && step === (refusal ? 2 : 8)) {
        this.change(id, { state: 'failed', error, endedAt: new Date().toISOString() });
        return;
      }
      const layers = ['3f4d90098f5b', '9ad63333ebc9', 'd3b1ce0aa2f1'].map((name, index) =>
        layerAt(name, step / 20, index),
      );
      this.change(id, {
        layers,
        done: layers.reduce((sum, layer) => sum + layer.done, 0),
        total: LAYER * 3,
        fraction: step / 20,
        rate: 11_400_000,
      });
    }
    if (subject.includes('forever')) return;
    this.change(id, {
      state: 'done',
      rate: 0,
      digest: `sha256:${'9f3c41a2'.repeat(8)}`,
      endedAt: new Date().toISOString(),
    });
  }

  private change(id: string, change: Partial<Task>): void {
    this.tasks = this.tasks.map((task) =>
      task.id === id && task.state === 'running' ? { ...task, ...change } : task,
    );
    this.tell();
  }

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

function layerAt(id: string, fraction: number, index: number): LayerProgress {
  const own = Math.max(0, Math.min(1, fraction * 2 - index * 0.4));
  const state =
    own === 0 ? 'waiting' : own < 1 ? 'downloading' : fraction < 0.95 ? 'extracting' : 'done';
  return { id, state, done: Math.round(LAYER * own), total: LAYER };
}
