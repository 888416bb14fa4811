import { describe, expect, it } from 'vitest';
import {
  besideMark,
  checkEditable,
  type EditRefusal,
  EditRefused,
  holds,
  LARGEST_TEXT,
} from '../../../../main/trust/edit/editor.ts';
import { problem } from '../../../../shared/errors/index.ts';
import { createTranslator, explain, locales } from '../../../../shared/i18n/index.ts';
import { refusal } from './refusal.ts';

/** A reason that is missing here does not compile. Whether its words repeat the detail. */
const reasons: Readonly<Record<EditRefusal, boolean>> = {
  tooLarge: false,
  byteOrderMark: false,
  unparsable: true,
  notAnObject: false,
  duplicateKey: true,
  misspelledKey: true,
  listInvalid: true,
  entryInvalid: true,
  wishInvalid: true,
  conflict: true,
  oldStyle: true,
  readElsewhere: true,
  startedWithFlag: true,
  notTakenUp: true,
  handEdit: true,
};

describe.each(locales)('a refused edit in words (%s)', (locale) => {
  const t = createTranslator(locale);
  const wordsOf = (reason: string) => {
    const data = { path: '/f', reason, detail: 'd3tail {x}\nmore' };
    const { what, why, fix } = explain(t, problem('EDIT_REFUSED', data));
    return { what, why, fix };
  };

  it.each(Object.entries(reasons))('has its own for %s', (reason, showsDetail) => {
    const { what, why, fix } = wordsOf(reason);
    const other = wordsOf('other');
    expect(what).toContain('/f');
    expect(why).not.toBe(other.why);
    expect(fix).not.toBe(other.fix);
    expect(`${why}${fix}`.includes('d3tail {x}\nmore')).toBe(showsDetail);
  });

  it('has what to paste on lines of its own', () => {
    expect(wordsOf('handEdit').fix.endsWith('\nd3tail {x}\nmore')).toBe(true);
  });
});

describe('before any edit', () => {
  it('a text too large or with a byte order mark is refused', () => {
    expect(refusal(() => checkEditable('\ufeff')).reason).toBe('byteOrderMark');
    expect(refusal(() => checkEditable(' '.repeat(LARGEST_TEXT + 1))).reason).toBe('tooLarge');
    expect(() => checkEditable(' '.repeat(LARGEST_TEXT))).not.toThrow();
  });
});

describe('beside a byte order mark', () => {
  it('taking out leaves it, or the file goes', () => {
    expect(besideMark('\ufeffa', (rest) => rest + rest)).toBe('\ufeffaa');
    expect(besideMark('\ufeffa', () => null)).toBeNull();
    expect(besideMark('a', (rest) => rest)).toBe('a');
  });

  it('questions are answered, and a refusal is a no', () => {
    expect(holds('\ufeffa', (rest) => rest === 'a')).toBe(true);
    const refuse = () => {
      throw new EditRefused('unparsable', '');
    };
    expect(holds('a', refuse)).toBe(false);
    expect(() =>
      holds('a', () => {
        throw new TypeError('a mistake of ours');
      }),
    ).toThrow(TypeError);
  });
});
