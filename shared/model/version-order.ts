import { compareNaturally } from './natural-sort.ts';

/** What a tag says of its version; a tag that names none is a word, such as `latest` or `nightly`. */
interface ReadTag {
  readonly name: string;
  /** The numbers between the dots; empty for a word. */
  readonly numbers: readonly number[];
  /** What stands behind the numbers, such as `rc.1` or `alpine`. */
  readonly suffix: string;
  readonly isPrerelease: boolean;
}

/** Numbers with dots, after a `v` or not. Only a number with dots may have letters right behind it, as in `1.2rc1`. */
const VERSION = /^[vV]?(\d+(?:\.\d+)*)(?:[-_+](.*)|((?<=\.\d+)[A-Za-z].*))?$/;

/**
 * What people call versions that come before their release. Semantic Versioning 2.0.0 (9) counts everything after a
 * hyphen among them, but in tags that is mostly a variant (`1.2.3-alpine`) or a build (`1.2.3-2`) of the release.
 */
const PRERELEASE =
  /^(?:a|b|m|alpha|beta|c|rc|cr|pre|preview|prerelease|dev|snapshot|nightly|canary|next|milestone|ea|test)(?![A-Za-z])/i;

/**
 * Orders tags by the versions they name: `1.9` before `1.10`, `2.0.0-rc.1` before `2.0.0`, and that before its variants
 * (`2.0.0-alpine`). Descending turns this round. Words come before all versions either way, `latest` as the very first.
 * The given list stays as it is.
 */
export function sortByVersion(names: readonly string[], descending: boolean): readonly string[] {
  const turn = descending ? -1 : 1;
  return names
    .map(readTag)
    .sort((a, b) => compareKind(a, b) || turn * compareVersions(a, b))
    .map(({ name }) => name);
}

/** How many numbers a tag's version has: 3 for `v2.4.1-alpine`, 0 for a word. */
export function countNumbers(name: string): number {
  return readTag(name).numbers.length;
}

function readTag(name: string): ReadTag {
  const [, numbers, behind, attached] = VERSION.exec(name) ?? [];
  const suffix = behind ?? attached ?? '';
  return {
    name,
    numbers: numbers?.split('.').map(Number) ?? [],
    suffix,
    isPrerelease: PRERELEASE.test(suffix),
  };
}

function compareKind(a: ReadTag, b: ReadTag): number {
  return rankOf(a) - rankOf(b);
}

function rankOf({ name, numbers }: ReadTag): number {
  if (name === 'latest') return 0;
  return numbers.length === 0 ? 1 : 2;
}

function compareVersions(a: ReadTag, b: ReadTag): number {
  const length = Math.max(a.numbers.length, b.numbers.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (a.numbers[at] ?? 0) - (b.numbers[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return (
    Number(b.isPrerelease) - Number(a.isPrerelease) ||
    Number(a.suffix !== '') - Number(b.suffix !== '') ||
    a.numbers.length - b.numbers.length ||
    compareNaturally(a.name, b.name)
  );
}
