import { countNumbers, sortByVersion } from '../../../shared/model/version-order.ts';

/** More than anybody reads; it bounds the work where a registry gives one digest to all its tags. */
const MOST = 50;

const NONE: readonly string[] = [];

interface Group {
  readonly names: Set<string>;
  /** Grows with each change. */
  version: number;
}

/** Which tags name the same digest, among those whose digest is known. */
export class DigestGroups {
  private readonly digests = new Map<string, string>();
  private readonly groups = new Map<string, Group>();
  private readonly told = new Map<
    string,
    { readonly group: Group; readonly version: number; readonly others: readonly string[] }
  >();

  /** Learns what a tag names now. */
  put(name: string, digest: string): void {
    const before = this.digests.get(name);
    if (before === digest) return;
    this.drop(name);
    this.digests.set(name, digest);
    const joined = this.groups.get(digest) ?? { names: new Set(), version: 0 };
    joined.names.add(name);
    joined.version += 1;
    this.groups.set(digest, joined);
  }

  /** Forgets a tag that is no more. */
  drop(name: string): void {
    const left = this.groups.get(this.digests.get(name) ?? '');
    if (left?.names.delete(name)) left.version += 1;
    this.digests.delete(name);
  }

  /** Up to fifty other tags of a tag's digest, the most exact version first. The same list until it changes. */
  othersOf(name: string): readonly string[] {
    const group = this.groups.get(this.digests.get(name) ?? '');
    if (!group || group.names.size < 2) return NONE;
    const told = this.told.get(name);
    if (told?.group === group && told.version === group.version) return told.others;
    const others = exactFirst(group.names, name);
    this.told.set(name, { group, version: group.version, others });
    return others;
  }
}

/** `2.4.1` says more of an image than `2.4`, and both more than `latest`. */
function exactFirst(names: ReadonlySet<string>, name: string): readonly string[] {
  const others: string[] = [];
  for (const other of names) {
    if (other !== name) others.push(other);
    if (others.length === MOST) break;
  }
  return [...sortByVersion(others, true)].sort((a, b) => countNumbers(b) - countNumbers(a));
}
