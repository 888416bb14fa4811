/** Platforms for a narrow column: without `linux/`, which nearly all of them share. */
export function shortPlatforms(platforms: readonly string[]): string {
  return platforms.map((platform) => platform.replace(/^linux\//, '')).join(' ');
}
