import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffLines } from '../../../shared/model/line-diff.ts';

const shown = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => `${kind} ${text}`.trim());

describe('a comparison of two texts', () => {
  it('shows an added line with its neighbours, and leaves out what is far', () => {
    const lines = Array.from({ length: 12 }, (_, index) => `line ${index}`);
    const after = [...lines.slice(0, 6), 'fresh', ...lines.slice(6)];
    expect(shown(`${lines.join('\n')}\n`, `${after.join('\n')}\n`)).toEqual([
      'gap',
      ...['same line 3', 'same line 4', 'same line 5'],
      'new fresh',
      ...['same line 6', 'same line 7', 'same line 8'],
      'gap',
    ]);
  });

  it('shows a changed line as gone and new', () => {
    expect(shown('a\nb\nc', 'a\nB\nc')).toEqual(['same a', 'gone b', 'new B', 'same c']);
  });

  it('shows all of a new file', () => {
    expect(shown('', 'a\nb\n')).toEqual(['new a', 'new b']);
  });

  it('shows nothing where nothing changed', () => {
    expect(diffLines('a\nb\n', 'a\nb\n')).toEqual([]);
  });

  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', '{', '}'), { maxLength: 30 })
    .map((lines) => lines.join('\n'));
  const of = (kinds: string, before: string, after: string) =>
    diffLines(before, after)
      .filter(({ kind }) => kinds.includes(kind))
      .map((line) => line.text);

  it('loses and makes up no changed line, whatever the texts are', () => {
    fc.assert(
      fc.property(text, text, (before, after) => {
        const count = (lines: readonly string[]) => lines.filter((line) => line !== '').length;
        const gained = count(of('new', before, after)) - count(of('gone', before, after));
        expect(gained).toBe(count(after.split('\n')) - count(before.split('\n')));
      }),
    );
  });

  it('does not hang on big texts', () => {
    const big = (word: string) =>
      Array.from({ length: 20_000 }, (_, index) => `${word} ${index}`).join('\n');
    expect(diffLines(big('old'), big('new'))).toHaveLength(40_000);
  });
});

const lines = fc.array(fc.constantFrom('a', 'b', 'c', '', '\r', '{'), { maxLength: 20 });
const text = fc.tuple(lines, fc.boolean()).map(([all, end]) => all.join('\n') + (end ? '\n' : ''));

it('a comparison has the lines of both texts in their order, and says whether they differ', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = diffLines(before, after);
      const side = (...kinds: readonly string[]) => diff.filter(({ kind }) => kinds.includes(kind));
      for (const [whole, part] of [
        [before, side('same', 'gone')],
        [after, side('same', 'new')],
      ] as const) {
        let at = -1;
        for (const line of part) {
          at = whole.split('\n').indexOf(line.text, at + 1);
          expect(at).not.toBe(-1);
        }
      }
      expect(side('new', 'gone').length > 0).toBe(before !== after);
    }),
  );
});

it('a comparison of huge files ends in time', () => {
  const huge = (word: string) => Array.from({ length: 5000 }, (_, n) => word + n).join('\n');
  expect(diffLines(huge('a'), huge('b'))).toHaveLength(10_000);
});
