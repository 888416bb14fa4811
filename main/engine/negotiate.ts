/** The newest version of the Engine API that Regent knows. */
const NEWEST = '1.51';
/** What an engine speaks that does not name a version. */
const OLDEST = '1.24';

/**
 * The version to speak: the engine's own, at most the newest that Regent knows. Never a fixed one, since engines
 * refuse versions that are too new and, from Docker 29 on, too old.
 * @param offered the engine's `Api-Version` header
 */
export function chooseApiVersion(offered: string | undefined): string {
  const version = offered && /^\d+\.\d+$/.test(offered) ? offered : OLDEST;
  return compareVersions(version, NEWEST) < 0 ? version : NEWEST;
}

function compareVersions(a: string, b: string): number {
  const [[major = 0, minor = 0], [otherMajor = 0, otherMinor = 0]] = [a, b].map((version) =>
    version.split('.').map(Number),
  ) as [number[], number[]];
  return major - otherMajor || minor - otherMinor;
}
