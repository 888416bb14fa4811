import type { PackageChange } from '../../../../shared/model/image-comparison.ts';
import { cleanText } from '../../hostile-text.ts';
import type { Packages } from './read-dpkg.ts';

/** What one image has installed in another version than the other, or at all; sorted by name. */
export function comparePackages(left: Packages, right: Packages): PackageChange[] {
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  return names.flatMap((name) => {
    const [before, after] = [left.get(name), right.get(name)];
    if (before === after) return [];
    return { name: cleanText(name), left: clean(before), right: clean(after) };
  });
}

function clean(version: string | undefined): string | null {
  return version === undefined ? null : cleanText(version);
}
