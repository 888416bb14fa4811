import type { Problem } from '../../../shared/errors/index.ts';
import type { Tag } from '../../../shared/model/image.ts';

/** What is known of one tag so far. */
export type TagDetail =
  | { readonly state: 'loading' }
  | { readonly state: 'ready'; readonly tag: Tag }
  | { readonly state: 'failed'; readonly problem: Problem };

/** Fetches one tag; the signal fires when nobody wants it any more. */
export type FetchTag = (name: string, signal: AbortSignal) => Promise<Tag>;

/** How many tags are asked for at once. The main process has its own pool; this keeps its queue short. */
const AT_ONCE = 12;

/**
 * The details of a repository's tags, fetched only where somebody looks. What is asked for last is fetched
 * first, so that the rows on the screen never wait for those that were scrolled past.
 */
export class TagDetails {
  private readonly known = new Map<string, TagDetail>();
  private readonly stop = new AbortController();
  private readonly listeners = new Set<() => void>();
  private waiting: readonly string[] = [];
  private running = 0;
  private version = 0;

  constructor(
    private readonly fetchTag: FetchTag,
    private readonly problemOf: (error: unknown) => Problem,
    /** Runs a call a little later, once for many changes. */
    private readonly later: (call: () => void) => void,
  ) {}

  /** What is known of a tag; undefined when nobody has asked for it. */
  get(name: string): TagDetail | undefined {
    return this.known.get(name);
  }

  /** Asks for tags; those that are known or on their way are left alone. */
  want(names: readonly string[]): void {
    const fresh = names.filter((name) => !this.known.has(name));
    if (fresh.length === 0) return;
    const first = new Set(fresh);
    this.waiting = [...fresh, ...this.waiting.filter((name) => !first.has(name))];
    this.fetchNext();
  }

  /** Asks again for a tag that could not be fetched. */
  retry(name: string): void {
    this.known.delete(name);
    this.want([name]);
  }

  /** Ends all fetching, for good. */
  close(): void {
    this.stop.abort();
    this.waiting = [];
  }

  /** For `useSyncExternalStore`: told after changes; the version grows with each. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly getVersion = (): number => this.version;

  private fetchNext(): void {
    while (this.running < AT_ONCE && this.waiting.length > 0 && !this.stop.signal.aborted) {
      const [name, ...rest] = this.waiting;
      this.waiting = rest;
      if (name !== undefined && !this.known.has(name)) void this.fetchOne(name);
    }
  }

  private async fetchOne(name: string): Promise<void> {
    this.running += 1;
    this.set(name, { state: 'loading' });
    try {
      this.set(name, { state: 'ready', tag: await this.fetchTag(name, this.stop.signal) });
    } catch (error) {
      if (!this.stop.signal.aborted) {
        this.set(name, { state: 'failed', problem: this.problemOf(error) });
      }
    }
    this.running -= 1;
    this.fetchNext();
  }

  private isTelling = false;
  private set(name: string, detail: TagDetail): void {
    this.known.set(name, detail);
    if (this.isTelling) return;
    this.isTelling = true;
    this.later(() => {
      this.isTelling = false;
      this.version += 1;
      for (const listener of this.listeners) listener();
    });
  }
}
