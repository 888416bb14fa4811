import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openOutputs } from '../../../main/cli/terminal/output.ts';
import { setInColumns } from '../../../main/cli/text/columns.ts';
import { paint, renderPaint } from '../../../main/cli/text/paint.ts';
import { printable, printableJson } from '../../../main/cli/text/printable.ts';
import { cut, pad, widthOf } from '../../../main/cli/text/width.ts';

const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom(
      '\u001b',
      '[',
      ']',
      '0',
      ';',
      'm',
      'J',
      '\u009b',
      '\u0007',
      '\u202e',
      'a',
    ),
  }),
);
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

describe('text that somebody else wrote', () => {
  it('never reaches the terminal as a command', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        expect(printable(text)).not.toMatch(CONTROL);
      }),
    );
  });

  it('is the same text in JSON, without controls in it', () => {
    fc.assert(
      fc.property(hostile, (text) => {
        const line = printableJson({ text });
        expect(line).not.toMatch(CONTROL);
        expect(JSON.parse(line)).toEqual({ text });
      }),
    );
  });

  it('can forge neither lines nor colours of an output', () => {
    let written = '';
    const sink = { isTTY: true, columns: 40, write: (text: string) => (written += text) };
    const { out } = openOutputs(sink, sink, {});
    out.line('a\n✓ trusted\u001b[2J\u001b]0;title\u0007');
    expect(written).toBe('a ✓ trusted\n');
  });
});

describe('an output', () => {
  const open = (isTTY: boolean, env: NodeJS.ProcessEnv = {}) => {
    const written: string[] = [];
    const sink = { isTTY, columns: 20, write: (text: string) => written.push(text) };
    return { written, ...openOutputs(sink, sink, env) };
  };

  it('has colours on a terminal only, and not with NO_COLOR', () => {
    const red = (isTTY: boolean, env = {}) => {
      const { out, written } = open(isTTY, env);
      out.line(paint('bad', 'x'));
      return written.join('');
    };
    expect(red(true)).toBe('\u001b[31mx\u001b[0m\n');
    expect(red(true, { NO_COLOR: '1' })).toBe('x\n');
    expect(red(true, { TERM: 'dumb' })).toBe('x\n');
    expect(red(false)).toBe('x\n');
  });

  it('takes a status back before anything else is printed, also on the other stream', () => {
    const { out, err, written } = open(true);
    out.status(['one', 'two']);
    err.line('done');
    expect(written).toEqual(['one\ntwo', '\r\u001b[1A\u001b[J', 'done\n']);
  });

  it('cuts a status to the width of the terminal, so that it stays where it is', () => {
    const { out, written } = open(true);
    out.status([paint('good', 'x'.repeat(30))]);
    expect(written).toEqual([`${'x'.repeat(18)}…`]);
  });

  it('shows no status where nobody is looking', () => {
    const { out, written } = open(false);
    out.status(['one']);
    expect(written).toEqual([]);
  });
});

describe('columns', () => {
  it('line up with paint and with Hangul, which is twice as wide', () => {
    expect(widthOf(paint('bold', '태그 a'))).toBe(6);
    const rows = setInColumns(
      [
        [paint('bold', '태그'), '1'],
        ['tags!', '10'],
      ],
      [1],
    );
    expect(rows.map((row) => renderPaint(row, false))).toEqual(['태그    1', 'tags!  10']);
  });

  it('are never narrower than their text, nor wider than asked', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.integer({ min: 1, max: 30 }),
        (text, width) => {
          expect(widthOf(cut(text, width))).toBeLessThanOrEqual(width);
          expect(widthOf(pad(text, width))).toBe(Math.max(width, widthOf(text)));
        },
      ),
    );
  });
});
