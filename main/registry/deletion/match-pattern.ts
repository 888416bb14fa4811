/**
 * Whether a name fits a pattern: `*` stands for any characters, also none, `?` for one. The time it takes grows with
 * the product of both lengths at most, whatever the pattern.
 */
export function matchesPattern(name: string, pattern: string): boolean {
  let [at, along] = [0, 0];
  let star = -1;
  let resumeAt = 0;
  while (at < name.length) {
    if (pattern[along] === '*') {
      star = along;
      resumeAt = at;
      along += 1;
    } else if (pattern[along] === '?' || pattern[along] === name[at]) {
      at += 1;
      along += 1;
    } else if (star >= 0) {
      // The last star takes one more character.
      resumeAt += 1;
      at = resumeAt;
      along = star + 1;
    } else {
      return false;
    }
  }
  return /^\**$/.test(pattern.slice(along));
}
