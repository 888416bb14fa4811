/** The lines in which two texts differ, ends of lines included, and where they begin (from 1). */
export interface ChangedLines {
  readonly line: number;
  readonly before: string;
  readonly after: string;
}

/** Finds the one stretch of lines outside of which two texts are the same. */
export function changedLines(before: string, after: string): ChangedLines {
  const [old, fresh] = [linesOf(before), linesOf(after)];
  const most = Math.min(old.length, fresh.length);
  let start = 0;
  while (start < most && old[start] === fresh[start]) start += 1;
  let end = 0;
  while (end < most - start && old.at(-1 - end) === fresh.at(-1 - end)) end += 1;
  return {
    line: start + 1,
    before: old.slice(start, old.length - end).join(''),
    after: fresh.slice(start, fresh.length - end).join(''),
  };
}

/** Each with its end; the last one may have none. */
function linesOf(text: string): readonly string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}
