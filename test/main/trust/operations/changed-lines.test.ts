import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changedLines } from '../../../../main/trust/operations/changed-lines.ts';

it.each([
  ['a\nb\nc\n', 'a\nx\nc\n', { line: 2, before: 'b\n', after: 'x\n' }],
  ['a\nc\n', 'a\nb\nc\n', { line: 2, before: '', after: 'b\n' }],
  ['a\nb\n', 'a\n', { line: 2, before: 'b\n', after: '' }],
  ['{}', '{\n  1\n}', { line: 1, before: '{}', after: '{\n  1\n}' }],
  ['', 'a\n', { line: 1, before: '', after: 'a\n' }],
  ['same', 'same', { line: 2, before: '', after: '' }],
])('%j to %j', (before, after, expected) => {
  expect(changedLines(before, after)).toEqual(expected);
});

it('says all that has to be replaced, whatever the texts are', () => {
  const texts = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\r\n', 'd'), { maxLength: 12 });
  fc.assert(
    fc.property(texts, texts, (one, other) => {
      const [before, after] = [one.join(''), other.join('')];
      const { line, before: gone, after: fresh } = changedLines(before, after);
      const start = before
        .split(/(?<=\n)/)
        .slice(0, line - 1)
        .join('');
      expect(before.startsWith(start + gone)).toBe(true);
      expect(start + fresh + before.slice((start + gone).length)).toBe(after);
    }),
  );
});
