import type { Problem } from '../../../shared/errors/index.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { isAway } from '../../lib/is-away.ts';
import { DigestGroups } from './digest-groups.ts';

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
 * their turn came are forgotten, so that those on the screen never wait for them. What was kept from an earlier day shows
 * until it is fetched anew. A registry that can't answer is left alone after its first refusal.
 */
export class TagDetails {
  private readonly known = new Map<string, TagDetail>();
  /** Those asked for since the beginning, or since all were to be looked at again. */
  private readonly asked = new Set<string>();
  private readonly groups = new DigestGroups();
  private readonly stop = new AbortController();
  private readonly listeners = new Set<() => void>();
  /** Both are read from their end. */
  private looked: string[] = [];
  private rest: string[] = [];
  private wanted: { looked: readonly string[]; rest: readonly string[] } = { looked: [], rest: [] };
  private running = 0;
  private isTelling = false;
  private halt: Problem | null = null;

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

  /** The other tags that are known to name the same digest, the most exact first. The same list until it changes. */
  sameAs(name: string): readonly string[] {
    return this.groups.othersOf(name);
  }

  /** Why nothing more is fetched; null while it is. The same object until it changes. */
  get halted(): Problem | null {
    return this.halt;
  }

  /** Takes what is known from before, where nothing newer is. */
  keep(tags: readonly Tag[]): void {
    for (const tag of tags) {
      if (!this.known.has(tag.name)) this.set(tag.name, { state: 'ready', tag });
    }
  }

  /** Forgets all tags but these: the others are no more. */
  only(names: readonly string[]): void {
    const still = new Set(names);
    for (const name of this.known.keys()) {
      if (still.has(name)) continue;
      this.known.delete(name);
      this.asked.delete(name);
      this.groups.drop(name);
    }
    this.tell();
  }

  /** Asks for the tags that are looked at now, instead of those that were before. */
  look(names: readonly string[]): void {
    this.wanted = { ...this.wanted, looked: names };
    this.looked = names.filter((name) => !this.asked.has(name)).reverse();
    this.fetchNext();
  }

  /** Asks for all these tags, after those that are looked at. */
  wantAll(names: readonly string[]): void {
    this.wanted = { ...this.wanted, rest: names };
    this.rest = names.filter((name) => !this.asked.has(name)).reverse();
    this.fetchNext();
  }

  /** Asks again for a tag that could not be fetched. */
  retry(name: string): void {
    this.asked.delete(name);
    this.known.delete(name);
    this.looked.push(name);
    this.fetchNext();
  }

  /** Goes on after a halt. */
  readonly resume = (): void => {
    this.halt = null;
    this.tell();
    this.rest = this.wanted.rest.filter((name) => !this.asked.has(name)).reverse();
    this.look(this.wanted.looked);
  };

  /** Asks anew for whatever is wanted; what is known shows until the answers are there. */
  again(): void {
    this.asked.clear();
    this.resume();
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
    while (this.running < AT_ONCE && !this.stop.signal.aborted && !this.halt) {
      const name = this.looked.pop() ?? this.rest.pop();
      if (name === undefined) return;
      if (!this.asked.has(name)) void this.fetchOne(name);
    }
  }

  private async fetchOne(name: string): Promise<void> {
    this.running += 1;
    this.asked.add(name);
    if (this.known.get(name)?.state !== 'ready') this.set(name, { state: 'loading' });
    try {
      this.set(name, { state: 'ready', tag: await this.fetchTag(name, this.stop.signal) });
    } catch (error) {
      if (!this.stop.signal.aborted) this.fail(name, this.problemOf(error));
    }
    this.running -= 1;
    this.fetchNext();
  }

  private fail(name: string, problem: Problem): void {
    const isKept = this.known.get(name)?.state === 'ready';
    // A fault of the server's own may be about this one tag; the others are still worth asking for.
    if (isAway(problem) && problem.code !== 'REGISTRY_ERROR') {
      this.halt ??= problem;
      this.asked.delete(name);
      if (!isKept) this.known.delete(name);
      this.tell();
    } else if (!(isKept && isAway(problem))) {
      this.set(name, { state: 'failed', problem });
    }
  }

  private set(name: string, detail: TagDetail): void {
    this.known.set(name, detail);
    if (detail.state === 'ready') this.groups.put(name, detail.tag.digest);
    this.tell();
  }

  private tell(): void {
    if (this.isTelling) return;
    this.isTelling = true;
    this.later(() => {
      this.isTelling = false;
      for (const listener of this.listeners) listener();
    });
  }
}
