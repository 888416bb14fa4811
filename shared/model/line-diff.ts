/** One line of a comparison; `gap`: lines between changes that are the same and left out. */
export interface DiffLine {
  readonly kind: 'same' | 'gone' | 'new' | 'gap';
  readonly text: string;
}

/** Lines shown around a change. */
const CONTEXT = 3;
/** The most cells of the table by which two texts are compared; beyond it everything between is shown as replaced. */
const MOST_CELLS = 250_000;

/** Compares two texts line by line, as `diff -u` does: what is far from any change is left out. */
export function diffLines(before: string, after: string): readonly DiffLine[] {
  const [old = [], fresh = []] = splitBoth(before, after);
  const start = commonStart(old, fresh);
  const end = commonStart(old.slice(start).reverse(), fresh.slice(start).reverse());
  const changed = compare(
    old.slice(start, old.length - end),
    fresh.slice(start, fresh.length - end),
  );
  if (changed.length === 0) return [];
  const same = (lines: readonly string[]) => lines.map((text) => line('same', text));
  return leaveOut([...same(old.slice(0, start)), ...changed, ...same(old.slice(old.length - end))]);
}

/** Lines without the empty one after the last line end, unless only one of the texts ends so: that is a difference. */
function splitBoth(before: string, after: string): readonly (readonly string[])[] {
  const both = [before, after].map((text) => (text === '' ? [] : text.split('\n')));
  const areEnded = both.every((lines) => lines.length === 0 || lines.at(-1) === '');
  return areEnded ? both.map((lines) => lines.slice(0, -1)) : both;
}

function commonStart(a: readonly string[], b: readonly string[]): number {
  const shorter = Math.min(a.length, b.length);
  let count = 0;
  while (count < shorter && a[count] === b[count]) count += 1;
  return count;
}

const line = (kind: DiffLine['kind'], text: string): DiffLine => ({ kind, text });

/** The longest common subsequence decides which lines are the same. */
function compare(old: readonly string[], fresh: readonly string[]): readonly DiffLine[] {
  if (old.length * fresh.length > MOST_CELLS) {
    return [...old.map((text) => line('gone', text)), ...fresh.map((text) => line('new', text))];
  }
  const common = commonLengths(old, fresh);
  const lines: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < old.length || column < fresh.length) {
    const [gone, added] = [old[row], fresh[column]];
    if (gone !== undefined && gone === added) {
      lines.push(line('same', gone));
      [row, column] = [row + 1, column + 1];
    } else if (gone !== undefined && common(row + 1, column) >= common(row, column + 1)) {
      lines.push(line('gone', gone));
      row += 1;
    } else {
      lines.push(line('new', added ?? ''));
      column += 1;
    }
  }
  return lines;
}

/** How many lines two texts have in common from a row of the one and a column of the other on. */
function commonLengths(
  old: readonly string[],
  fresh: readonly string[],
): (row: number, column: number) => number {
  const width = fresh.length + 1;
  const table = new Uint32Array((old.length + 1) * width);
  const at = (row: number, column: number) => table[row * width + column] ?? 0;
  for (let row = old.length - 1; row >= 0; row -= 1) {
    for (let column = fresh.length - 1; column >= 0; column -= 1) {
      table[row * width + column] =
        old[row] === fresh[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  // Beyond the last row or column nothing is in common.
  return (row, column) => (row > old.length || column > fresh.length ? -1 : at(row, column));
}

function leaveOut(lines: readonly DiffLine[]): readonly DiffLine[] {
  const isNear = lines.map(() => false);
  lines.forEach(({ kind }, index) => {
    if (kind === 'same') return;
    const from = Math.max(0, index - CONTEXT);
    isNear.fill(true, from, Math.min(lines.length, index + CONTEXT + 1));
  });
  return lines.flatMap((each, index) => {
    if (isNear[index]) return [each];
    return index === 0 || isNear[index - 1] ? [line('gap', '')] : [];
  });
}
