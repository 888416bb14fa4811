import { readFileSync } from 'node:fs';

/** What a server of the lab has written of its requests into its log so far, oldest first: one JSON object a line. */
export function readRequests<T>(logPath: string): readonly T[] {
  return readFileSync(logPath, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as T);
}
