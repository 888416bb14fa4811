import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  daemonJson,
  emptied,
  insecureEntries,
  removeEntry,
} from '../../../../main/trust/edit/daemon-json.ts';
import { remarksOf } from '../../../../main/trust/edit/daemon-json-entries.ts';
import { LARGEST_TEXT } from '../../../../main/trust/edit/editor.ts';
import { anyJsonText, oddNames } from './any-json.ts';
import { refusal } from './refusal.ts';

const wish = { address: 'h:1' };
const add = (text: string | null) => daemonJson.apply(text, wish);

describe('an insecure registry in daemon.json', () => {
  it.each([
    ['no file', null, '{\n  "insecure-registries": [\n    "h:1"\n  ]\n}\n'],
    ['an empty file', '', '{\n  "insecure-registries": [\n    "h:1"\n  ]\n}'],
    ['an empty object', '{}\n', '{"insecure-registries": [ "h:1" ]}\n'],
    [
      'an empty object on two lines',
      '{\r\n}\r\n',
      '{\r\n    "insecure-registries": [\r\n        "h:1"\r\n    ]\r\n}\r\n',
    ],
    [
      'other settings',
      '{\n\t"debug": true,\n\t"mtu" : 1400\n}\n',
      '{\n\t"debug": true,\n\t"mtu" : 1400,\n\t"insecure-registries": [\n\t\t"h:1"\n\t]\n}\n',
    ],
    ['one line', '{"debug":true}', '{"debug":true,"insecure-registries":[ "h:1" ]}'],
    ['an empty list', '{"insecure-registries":[ ]}', '{"insecure-registries":["h:1" ]}'],
    [
      'a list with others',
      '{\n "insecure-registries": [\n   "10.0.0.0/8",\n   "g"\n ],\n "mtu":1\n}',
      '{\n "insecure-registries": [\n   "10.0.0.0/8",\n   "g",\n   "h:1"\n ],\n "mtu":1\n}',
    ],
    [
      'a list on one line',
      '{ "insecure-registries": ["a", "b"] }',
      '{ "insecure-registries": ["a", "b", "h:1"] }',
    ],
  ])('is put into %s, and taken out byte for byte', (_, before, after) => {
    expect(add(before)).toBe(after);
    expect(daemonJson.revert(after, wish)).toBe(before);
  });

  it('is left as it is where it is there already, also with a scheme that Docker cuts off', () => {
    for (const text of [
      '{"insecure-registries":["h:1"]}',
      '{"insecure-registries":["HTTP://h:1"]}',
    ]) {
      expect(add(text)).toBe(text);
      expect(daemonJson.has(text, wish)).toBe(true);
    }
  });

  it('is another one with another port, or in other capitals', () => {
    for (const entry of ['h', 'h:10', 'H:1', '10.0.0.0/8']) {
      expect(daemonJson.has(JSON.stringify({ 'insecure-registries': [entry] }), wish)).toBe(false);
    }
  });

  it('goes alone when others were added around it since', () => {
    const grown = '{"insecure-registries":[ "h:1", "mine" ], "mtu": 1}';
    expect(daemonJson.revert(grown, wish)).toBe('{"insecure-registries":[ "mine" ], "mtu": 1}');
    const twice = '{"insecure-registries": ["h:1", "h:1", "g", "h:1"]}';
    expect(daemonJson.revert(twice, wish)).toBe('{"insecure-registries": ["g"]}');
    const around = '{"insecure-registries":[ "h:1" ], "mtu": 1}';
    expect(daemonJson.revert(around, wish)).toBe('{"mtu": 1}');
  });

  it('is taken out first as an empty list, which Docker has to load', () => {
    expect(emptied(add('{"mtu": 1}'), wish)).toBe('{"mtu": 1,"insecure-registries": []}');
    expect(emptied(add(null), wish)).toBe('{\n  "insecure-registries": []\n}\n');
    expect(emptied('{"insecure-registries":["h:1","g"]}', wish)).toBe(
      '{"insecure-registries":["g"]}',
    );
  });
});

describe('a daemon.json that Docker would stumble over', () => {
  it.each([
    ['unparsable', '', '{'],
    ['unparsable', '', '{ /* a comment */ }'],
    ['unparsable', '', '{"a":1,}'],
    ['unparsable', '', '{"a":"\n"}'],
    ['unparsable', '', '{} {}'],
    ['unparsable', '', '{"\\'],
    ['unparsable', '', '{"a":1e'],
    ['unparsable', '', `${'['.repeat(20_000)}${']'.repeat(20_000)}`],
    ['notAnObject', 'array', '[]'],
    ['notAnObject', 'null', 'null'],
    ['byteOrderMark', 'U+FEFF', '\ufeff{}'],
    ['duplicateKey', 'a', '{"a":1,"a":2}'],
    ['duplicateKey', 'insecure-registries', '{"insecure-registries":[],"insecure-registries":[]}'],
    ['misspelledKey', 'Insecure-Registries', '{"Insecure-Registries":["h:1"]}'],
    ['listInvalid', 'insecure-registries', '{"insecure-registries":"h:1"}'],
    ['listInvalid', 'insecure-registries', '{"insecure-registries":null}'],
    ['listInvalid', 'insecure-registries', '{"insecure-registries":["a",1]}'],
    ['tooLarge', '', ' '.repeat(LARGEST_TEXT + 1)],
  ])('is refused: %s %s', (reason, detail, text) => {
    expect(refusal(() => add(text))).toMatchObject({ reason });
    expect(refusal(() => add(text)).detail).toContain(detail);
    if (reason !== 'byteOrderMark') expect(daemonJson.has(text, wish)).toBe(false);
  });

  it.each(['a:1/', '*.test', 'ftp://x:1', '', 'a b', 'a:70000', 'a_b', '-a', '10.0.0.0/33', 'a:'])(
    'is refused for an entry with which the daemon does not start: %j',
    (entry) => {
      const text = JSON.stringify({ 'insecure-registries': ['good', entry] });
      expect(refusal(() => add(text))).toMatchObject({ reason: 'entryInvalid', detail: entry });
      expect(remarksOf(text)).toContainEqual({ kind: 'badEntry', entry });
      expect(refusal(() => daemonJson.apply('{}', { address: entry })).reason).toBe('wishInvalid');
      expect(insecureEntries(removeEntry(text, entry))).toEqual(['good']);
    },
  );

  it.each(['reg', 'reg:5000', '10.1.2.3', '[fd00::2]:5000', 'fd00::2', '10.0.0.0/8', '::1/128'])(
    'is none for an entry that Docker takes: %s',
    (entry) => {
      expect(remarksOf(JSON.stringify({ 'insecure-registries': [entry] }))).toEqual([]);
    },
  );

  it('says the place of a mistake', () => {
    expect(refusal(() => add('{\n  "a": 1,\n  b\n}')).detail).toBe('3:3');
  });
});

describe('remarks', () => {
  it('name what does nothing, or not everywhere', () => {
    const text = '\ufeff{"insecure-registry":["a"],"insecure-registries":["http://b"]}';
    expect(remarksOf(text)).toEqual([
      { kind: 'byteOrderMark' },
      { kind: 'singularKey' },
      { kind: 'schemeInEntry', entry: 'http://b' },
    ]);
    expect(remarksOf('{')).toEqual([{ kind: 'refused', reason: 'unparsable', detail: '1:2' }]);
  });
});

const entries = fc.uniqueArray(fc.constantFrom('g', '10.0.0.0/8', 'https://s', 'h:2'));
const anyFile = anyJsonText(
  fc
    .tuple(
      fc.dictionary(oddNames, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 4 }),
      fc.option(entries, { nil: undefined }),
      fc.dictionary(oddNames, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 2 }),
    )
    .map(([head, list, tail]) =>
      Object.fromEntries([
        ...Object.entries(head),
        ...(list ? [['insecure-registries', list] as const] : []),
        ...Object.entries(tail),
      ]),
    ),
);

describe('for any daemon.json', () => {
  it('putting in changes nothing else, once is enough, and taking out gives the very bytes', () => {
    fc.assert(
      fc.property(anyFile, (before) => {
        const after = add(before);
        expect(daemonJson.has(before, wish)).toBe(false);
        expect(daemonJson.has(after, wish)).toBe(true);
        expect(add(after)).toBe(after);
        expect(daemonJson.revert(after, wish)).toBe(before);
        expect(daemonJson.revert(before, wish)).toBe(before);
        const { 'insecure-registries': was, ...rest } = JSON.parse(before);
        const { 'insecure-registries': is, ...restNow } = JSON.parse(after);
        expect(restNow).toEqual(rest);
        expect(is).toEqual([...(was ?? []), 'h:1']);
        expect(Object.keys(JSON.parse(after))).toEqual([
          ...Object.keys(JSON.parse(before)),
          ...(was ? [] : ['insecure-registries']),
        ]);
        const { 'insecure-registries': left, ...restThen } = JSON.parse(emptied(after, wish));
        expect(restThen).toEqual(rest);
        expect(left).toEqual(was ?? []);
      }),
      { numRuns: 500 },
    );
  });

  it('several can be put in and taken out in any order', () => {
    const many = fc.uniqueArray(fc.constantFrom('x:1', 'y', 'z:2', '[::1]:3'), { minLength: 1 });
    const text = fc.option(anyFile, { nil: null });
    fc.assert(
      fc.property(text, many, fc.infiniteStream(fc.nat()), (before, addresses, dice) => {
        let after: string | null = before;
        for (const address of addresses) after = daemonJson.apply(after, { address });
        const order = addresses
          .map((address) => ({ address, at: dice.next().value ?? 0 }))
          .sort((a, b) => a.at - b.at);
        for (const { address } of order) after = daemonJson.revert(after ?? '', { address });
        if (before === null || after === null) expect(JSON.parse(after ?? '{}')).toEqual({});
        else expect(JSON.parse(after || '{}')).toEqual(JSON.parse(before || '{}'));
      }),
    );
  });
});

describe('for any garbage', () => {
  it('nothing crashes or hangs', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('{', '}', '[', ']', '"', ',', ':', '\n', '\ufeff', '/*', '//', '\\'),
        fc.constantFrom('"insecure-registries"', '"h:1"', 'null', ' ', '1e', '\0'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, (parts) => {
        const text = parts.join('');
        for (const attempt of [
          () => add(text),
          () => daemonJson.revert(text, wish),
          () => emptied(text, wish),
          () => insecureEntries(text),
        ]) {
          try {
            attempt();
          } catch (thrown) {
            expect(thrown).toMatchObject({ name: 'EditRefused' });
          }
        }
        daemonJson.has(text, wish);
        remarksOf(text);
      }),
      { numRuns: 1000 },
    );
  });
});
