/** One line of a difference between two texts. `gap`: unchanged lines that are left out. */
export interface DiffLine {
  readonly kind: 'same' | 'added' | 'removed' | 'gap';
  readonly text: string;
}

const CONTEXT = 2;
/** Pairs of lines that are compared at most; beyond that all of the middle counts as replaced. */
const MOST_PAIRS = 250_000;

/** The lines in which two texts differ, with two unchanged ones around them. `before` is null for a new file. */
export function diffLines(before: string | null, after: string): readonly DiffLine[] {
  const [old, now] = splitBoth(before ?? '', after);
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  const most = Math.min(old.length, now.length) - start;
  while (end < most && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return dropFarLines([
    ...old.slice(0, start).map(same),
    ...compare(old.slice(start, old.length - end), now.slice(start, now.length - end)),
    ...old.slice(old.length - end).map(same),
  ]);
}

/** Lines without the empty one after the last line end, unless only one of the texts ends so: that is a difference. */
function splitBoth(before: string, after: string): readonly [string[], string[]] {
  const [old, now] = [before, after].map((text) => (text === '' ? [] : text.split('\n')));
  const both = [old ?? [], now ?? []] as const;
  if (both.every((lines) => lines.length === 0 || lines.at(-1) === '')) {
    for (const lines of both) lines.pop();
  }
  return [both[0], both[1]];
}

/** By the longest common subsequence. */
function compare(old: readonly string[], now: readonly string[]): readonly DiffLine[] {
  if (old.length * now.length > MOST_PAIRS) return [...old.map(removed), ...now.map(added)];
  const width = now.length + 1;
  const lengths = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => lengths[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = now.length - 1; column >= 0; column -= 1) {
      lengths[row * width + column] =
        old[row] === now[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < now.length) {
    const [gone, come] = [old[row], now[column]];
    if (gone !== undefined && gone === come) {
      lines.push(same(gone));
      row += 1;
      column += 1;
    } else if (
      gone !== undefined &&
      (come === undefined || at(row + 1, column) >= at(row, column + 1))
    ) {
      lines.push(removed(gone));
      row += 1;
    } else {
      lines.push(added(come ?? ''));
      column += 1;
    }
  }
  return lines;
}

function dropFarLines(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = lines.map(() => false);
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') isNear.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1);
  }
  return lines.flatMap((line, index) => {
    if (isNear[index]) return [line];
    return index === 0 || isNear[index - 1] ? [{ kind: 'gap' as const, text: '' }] : [];
  });
}

const same = (text: string): DiffLine => ({ kind: 'same', text });
const added = (text: string): DiffLine => ({ kind: 'added', text });
const removed = (text: string): DiffLine => ({ kind: 'removed', text });
