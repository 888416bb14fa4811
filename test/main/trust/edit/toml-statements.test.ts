import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToml, sameKey, tomlAt, tomlValueAt } from '../../../../main/trust/edit/toml-file.ts';
import { scanElements, scanToml } from '../../../../main/trust/edit/toml-statements.ts';
import { anyTomlText } from './any-toml.ts';

describe('where the statements of a TOML text stand', () => {
  it.each([
    ['a = 1', [['pair', ['a'], '1']]],
    [' "a.b" . c=\t"x" # y', [['pair', ['a.b', 'c'], '"x"']]],
    ["'a\\b' = '#'", [['pair', ['a\\b'], "'#'"]]],
    ['"\\u0061\\n" = [ "]", # ]\n 1 ]', [['pair', ['a\n'], '[ "]", # ]\n 1 ]']]],
    [
      '[ a . "b" ]\n[[c]] # d',
      [
        ['table', ['a', 'b'], ''],
        ['tables', ['c'], ''],
      ],
    ],
    [
      'a = """x\\" "" """""\nb = 1',
      [
        ['pair', ['a'], '"""x\\" "" """""'],
        ['pair', ['b'], '1'],
      ],
    ],
    [
      'a = { b = "}", c = [1] }\r\nd = 1',
      [
        ['pair', ['a'], '{ b = "}", c = [1] }'],
        ['pair', ['d'], '1'],
      ],
    ],
    ['a = 1979-05-27 07:32:00 # when', [['pair', ['a'], '1979-05-27 07:32:00']]],
  ])('%j', (text, expected) => {
    const found = scanToml(text).map(({ kind, key, value }) => [
      kind,
      key,
      value ? text.slice(value.start, value.end) : '',
    ]);
    expect(found).toEqual(expected);
  });

  it('and the elements of its arrays', () => {
    const text = '[ "a,b" , # c, d\n [1,2],{ x = "," },\n]';
    const elements = scanElements(text, { start: 0, end: text.length });
    expect(elements.map(({ start, end }) => text.slice(start, end))).toEqual([
      '"a,b"',
      '[1,2]',
      '{ x = "," }',
    ]);
    expect(scanElements('[ ]', { start: 0, end: 3 })).toEqual([]);
  });

  it('is where a parser sees them, for any TOML', () => {
    fc.assert(
      fc.property(anyTomlText, (text) => {
        const file = readToml(text);
        let table: readonly string[] | undefined = [];
        for (const { kind, key, value } of file.statements) {
          if (kind === 'table') table = key;
          if (kind === 'tables') table = undefined;
          if (!value || !table) continue;
          const path = [...table, ...key];
          if (
            file.statements.some(
              (one) => one.kind === 'tables' && sameKey(one.key, path.slice(0, one.key.length)),
            )
          )
            continue;
          expect(tomlAt(file.data, ...path)).toEqual(tomlValueAt(text, value));
        }
      }),
    );
  });
});
