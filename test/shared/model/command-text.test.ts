import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandText, quoteShell, shellWord } from '../../../shared/model/command-text.ts';

/** The words that a POSIX shell makes of a text. */
function wordsOf(text: string): readonly string[] {
  const script = `printf '%s\\0' ${text}`;
  return execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
}

const words = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 });
const isPossible = (all: readonly string[]) => !all.some((word) => word.includes('\0'));

describe('words for a shell', () => {
  it('come out of one as they went in, whatever is in them', () => {
    fc.assert(
      fc.property(words.filter(isPossible), (all) => {
        expect(wordsOf(commandText(all))).toEqual(all);
        expect(wordsOf(all.map(quoteShell).join(' '))).toEqual(all);
      }),
      { numRuns: 30 },
    );
  });

  it('have quotes only where a person would type them', () => {
    expect(commandText(['regent', 'login', 'localhost:5000', '-u', "o'neil"])).toBe(
      "regent login localhost:5000 -u 'o'\\''neil'",
    );
    expect(shellWord('/usr/bin/a-b_c.d@e%f+g=h,i')).toBe('/usr/bin/a-b_c.d@e%f+g=h,i');
    expect(shellWord('')).toBe("''");
    expect(shellWord('$HOME')).toBe("'$HOME'");
    expect(shellWord('~')).toBe("'~'");
    expect(quoteShell('plain')).toBe("'plain'");
  });
});
