import fc from 'fast-check';
import { stringify } from 'smol-toml';
import { oddNames } from './any-json.ts';

const plain = fc.oneof(
  fc.string(),
  fc.constantFrom('# Regent', '"""', "'''", '[x]', 'a = 1', 'é\u2028'),
  fc.integer(),
  fc.boolean(),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: 0.5, max: 9 }),
  fc.array(fc.string(), { maxLength: 3 }),
);

const flatTable = fc.dictionary(oddNames, plain, { maxKeys: 4 });

/** Lines that writers of TOML by hand write, and no program does. */
const asides = fc.constantFrom(
  '# a comment with "quotes", [brackets] and \'more\'',
  '',
  '  \t',
  'aside1 = [ # first\n  "a", # second\n  [ 1, 2 ], { x = "}" },\n]',
  'aside2 = """\n[registry."h:1"]\n\\""" """',
  "aside3 = '''\nca = [\n'''''",
  'aside4 . "b.c" . \'d\' = 1979-05-27T07:32:00Z # Regent',
  'aside5 = { a = [ "]" ], "b#" = 1 }#tight',
);

/** Any TOML: tables, tables in tables, lists of tables, comments, and lines as people write them. */
export const anyTomlText: fc.Arbitrary<string> = fc
  .record({
    head: fc.uniqueArray(asides, { maxLength: 5 }),
    top: flatTable,
    tables: fc.dictionary(
      fc.oneof(fc.constantFrom('worker', 'grpc', 'a.b'), oddNames),
      fc.oneof(flatTable, fc.record({ inner: flatTable }), fc.array(flatTable, { maxLength: 2 })),
      { maxKeys: 3 },
    ),
    crlf: fc.boolean(),
    tail: fc.constantFrom('', '\n', '\n\n', '# the end', '\n \t'),
  })
  .map(({ head, top, tables, crlf, tail }) => {
    const names = Object.keys(tables);
    const own = Object.entries(top).filter(
      ([name]) => !names.includes(name) && name !== 'registry',
    );
    const rest = Object.entries(tables).filter(([name]) => name !== 'registry');
    const lines = [
      ...head,
      stringify(Object.fromEntries(own)),
      stringify(Object.fromEntries(rest)) + tail,
    ];
    const text = lines.filter((line, index) => index < head.length || line).join('\n');
    return crlf ? text.replace(/\r?\n/g, '\r\n') : text;
  });
