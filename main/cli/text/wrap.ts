import { widthOf } from './width.ts';

/**
 * Breaks a text that has no paint into lines of at most `width` cells: at blanks where there are some, after a
 * colon in a fingerprint, else anywhere.
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.match(/\S+?:(?=\S)|\S+|\s+/g)?.flatMap((one) => split(one, width)) ??
    []) {
    if (widthOf(line + piece.trimEnd()) <= width) {
      line += piece;
      continue;
    }
    lines.push(line.trimEnd());
    line = piece.trimStart();
  }
  return [...lines, line.trimEnd()].filter((one) => one !== '');
}

function split(piece: string, width: number): readonly string[] {
  if (widthOf(piece) <= width) return [piece];
  // Half as many characters fit surely, as none is wider than two cells.
  const size = Math.max(1, Math.floor(width / 2));
  const characters = [...piece];
  return Array.from({ length: Math.ceil(characters.length / size) }, (_, index) =>
    characters.slice(index * size, (index + 1) * size).join(''),
  );
}
