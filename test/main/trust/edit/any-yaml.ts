import fc from 'fast-check';
import { stringify } from 'yaml';
import { oddNames } from './any-json.ts';

const asides = fc.constantFrom(
  '# configs:',
  '',
  '   ',
  'block: |+\n  configs:\n    "h:1": # Regent\n\n',
  "quoted: 'a\n\n  b # Regent'",
  'flow: { a: [1, 2], "b": {} } # Regent',
  '? [a, b]\n: complex',
  'folded: >-\n   x\n   y',
  'date: 2001-12-14',
);

const registries = fc.constantFrom(
  '',
  'configs:\n',
  'configs: # all of them\n  # the first\n  "g:1": # his\n    auth:\n      username: u\n',
  'configs:\n   h:1:\n      auth: { username: u }\n   other:\n      tls:\n',
  'configs:\n  "h:1":\n    tls: # soon\n      insecure_skip_verify: true\n',
  'mirrors:\n  "*":\n  docker.io:\n    endpoint:\n    - "https://m"\n    rewrite:\n      a: b\n',
  "mirrors:\n    'h:1':\nconfigs:\n    'h:1':\n",
);

/** Any registries.yaml: what Regent edits in several layouts, beside other things, comments and odd spaces. */
export const anyYamlText: fc.Arbitrary<string> = fc
  .record({
    head: fc.uniqueArray(asides, { maxLength: 3, selector: (line) => line }),
    other: fc.dictionary(oddNames, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }),
    own: registries,
    tail: fc.uniqueArray(asides, { maxLength: 2 }),
    cut: fc.boolean(),
    crlf: fc.boolean(),
  })
  .map(({ head, other, own, tail, cut, crlf }) => {
    const rest = Object.keys(other).length > 0 ? stringify(other) : '';
    const used = tail.filter((line) => !head.includes(line));
    const text = [...head, rest + own, ...used].join('\n') + (cut ? '' : '\n');
    return crlf ? text.replace(/\r?\n/g, '\r\n') : text;
  });
