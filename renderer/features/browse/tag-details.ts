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
 * The details of a repository's tags, fetched only where somebody looks. Rows that were scrolled past before
 * their turn came are forgotten, so that those on the screen never wait for them.
 */
export class TagDetails {
  private readonly known = new Map<string, TagDetail>();
  private readonly stop = new AbortController();
  private readonly listeners = new Set<() => void>();
  /** Both are read from their end. */
  private looked: string[] = [];
  private rest: string[] = [];
  private running = 0;
  private isTelling = false;

  constructor(
    private readonly fetchTag: FetchTag,
    private readonly problemOf: (error: unknown) => Problem,
    /** Runs a call a little later, once for many changes. */
    private readonly later: (call: () => void) => void,
  ) {}

  /** What is known of a tag; undefined when it was not asked for. The same object until it changes. */
  get(name: string): TagDetail | undefined {
    return this.known.get(name);
  }

  /** Asks for the tags that are looked at now, instead of those that were before. */
  look(names: readonly string[]): void {
    this.looked = names.filter((name) => !this.known.has(name)).reverse();
    this.fetchNext();
  }

  /** Asks for all these tags, after those that are looked at. */
  wantAll(names: readonly string[]): void {
    this.rest = names.filter((name) => !this.known.has(name)).reverse();
    this.fetchNext();
  }

  /** Asks again for a tag that could not be fetched. */
  retry(name: string): void {
    this.known.delete(name);
    this.looked.push(name);
    this.fetchNext();
  }

  /** Ends all fetching, for good. */
  close(): void {
    this.stop.abort();
  }

  /** Tells a listener after changes, until it leaves by the function it gets back. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private fetchNext(): void {
    while (this.running < AT_ONCE && !this.stop.signal.aborted) {
      const name = this.looked.pop() ?? this.rest.pop();
      if (name === undefined) return;
      if (!this.known.has(name)) void this.fetchOne(name);
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

  private set(name: string, detail: TagDetail): void {
    this.known.set(name, detail);
    if (this.isTelling) return;
    this.isTelling = true;
    this.later(() => {
      this.isTelling = false;
      for (const listener of this.listeners) listener();
    });
  }
}
