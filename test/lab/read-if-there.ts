import { readFileSync } from 'node:fs';

/** The text of a file, or undefined while there is none. */
export function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
