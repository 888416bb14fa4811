import { renderPaint } from './paint.ts';

const segments = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const MARK = /^[\p{M}\p{Cf}]+$/u;
/** Blocks whose characters fill two cells (Unicode TR11, W and F), and emoji. */
const WIDE =
  /^[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|^\p{Emoji_Presentation}|^[\u{20000}-\u{3fffd}]/u;

/** Cells that a text fills in a terminal. Paint fills none, Hangul fills two. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segments.segment(renderPaint(text, false))) width += cellsOf(segment);
  return width;
}

/** Fills a text up with blanks. */
export function pad(text: string, width: number, side: 'left' | 'right' = 'left'): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return side === 'left' ? text + blanks : blanks + text;
}

/** Cuts a text that has no paint to at most `width` cells, with an ellipsis where something is missing. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  let kept = '';
  let cells = 1;
  for (const { segment } of segments.segment(text)) {
    cells += cellsOf(segment);
    if (cells > width) break;
    kept += segment;
  }
  return `${kept}…`;
}

function cellsOf(grapheme: string): number {
  if (MARK.test(grapheme)) return 0;
  return WIDE.test(grapheme) ? 2 : 1;
}
