import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRoute,
  changeDefault,
  changeRoute,
  dropDefault,
  dropRoute,
  removeRoutes,
} from '../../../../main/accounts/docker-config/config-edit.ts';
import {
  type ConfigText,
  readConfigText,
} from '../../../../main/accounts/docker-config/config-text.ts';
import { type ConfigWish, isGranted } from '../../../../main/accounts/docker-config/config-wish.ts';
import { planEdit } from '../../../../main/accounts/docker-config/edit-config.ts';
import {
  changeBetween,
  takeBack,
  textChangeSchema,
} from '../../../../main/accounts/docker-config/text-change.ts';

function read(text: string): ConfigText {
  const config = readConfigText(text);
  if (!config) throw new Error(`not readable: ${text}`);
  return config;
}

const add = (text: string, ...keys: readonly string[]) =>
  keys.reduce((current, key) => addRoute(read(current), key), text);

describe('adding a route', () => {
  it.each([
    [
      'a file that docker wrote',
      '{\n\t"auths": {}\n}',
      '{\n\t"auths": {},\n\t"credHelpers": {\n\t\t"h:1": "regent"\n\t}\n}',
    ],
    ['no file', '', '{\n\t"credHelpers": {\n\t\t"h:1": "regent"\n\t}\n}'],
    [
      'an empty object with a line after it',
      '{}\n',
      '{\n\t"credHelpers": {\n\t\t"h:1": "regent"\n\t}\n}\n',
    ],
    ['one line', '{"auths":{"x":{}}}', '{"auths":{"x":{}},"credHelpers":{"h:1":"regent"}}'],
    ['one airy line', '{ "a": 1 }', '{ "a": 1, "credHelpers": {"h:1": "regent"} }'],
    [
      'two spaces and Windows line ends',
      '{\r\n  "a": 1\r\n}\r\n',
      '{\r\n  "a": 1,\r\n  "credHelpers": {\r\n    "h:1": "regent"\r\n  }\r\n}\r\n',
    ],
    [
      'helpers of others',
      '{\n\t"credHelpers": {\n\t\t"g": "gcr"\n\t},\n\t"z": 1\n}',
      '{\n\t"credHelpers": {\n\t\t"g": "gcr",\n\t\t"h:1": "regent"\n\t},\n\t"z": 1\n}',
    ],
    [
      'an empty list of helpers',
      '{\n\t"credHelpers": {}\n}',
      '{\n\t"credHelpers": {\n\t\t"h:1": "regent"\n\t}\n}',
    ],
    [
      'no list of helpers, said with null',
      '{"credHelpers":null}',
      '{"credHelpers":{"h:1":"regent"}}',
    ],
    [
      'a name in another case',
      '{"credhelpers":{"g":"gcr"}}',
      '{"credhelpers":{"g":"gcr","h:1":"regent"}}',
    ],
  ])('to %s', (_, before, after) => {
    expect(add(before, 'h:1')).toBe(after);
  });

  it('leaves a route that is there already, whoever serves it', () => {
    for (const text of ['{"credHelpers":{"h:1":"other"}}', '{"credHelpers":{"h:1":""}}']) {
      expect(add(text, 'h:1')).toBe(text);
    }
  });
});

describe('a list of helpers that is there twice', () => {
  it('is read as docker reads it, and added to at its end', () => {
    const text = '{"credHelpers":{"a":"x","b":"x"},"credhelpers":{"b":"y"}}';
    expect([...read(text).routes]).toEqual([
      ['a', 'x'],
      ['b', 'y'],
    ]);
    const added = add(text, 'a', 'h');
    expect(added).toBe('{"credHelpers":{"a":"x","b":"x"},"credhelpers":{"b":"y","h":"regent"}}');
    expect(removeRoutes(added, true)).toBe(text);
    expect(changeRoute(text, 'b', 'z')).toBe(
      '{"credHelpers":{"a":"x","b":"x"},"credhelpers":{"b":"z"}}',
    );
    const once = '{"credHelpers":{"a":"x"},"credhelpers":{"b":"y"}}';
    expect(dropRoute(read(text), 'b')).toBe(once);
    expect(dropRoute(read(once), 'b')).toBe('{"credHelpers":{"a":"x"},"credhelpers":{}}');
    expect(dropRoute(read(once), 'c')).toBe(once);
  });
});

describe('naming the default', () => {
  it.each([
    ['where there is none', '{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"credsStore": "regent"\n}'],
    [
      'where there is another',
      '{ "credsStore" : "x", "a": 1 }',
      '{ "credsStore" : "regent", "a": 1 }',
    ],
    ['under a name in another case', '{"CREDSSTORE":""}', '{"CREDSSTORE":"regent"}'],
    [
      'of two the one that counts',
      '{"credsStore":"x","credsstore":null}',
      '{"credsStore":"regent","credsstore":null}',
    ],
    ['where it is null', '{"credsStore":null}', '{"credsStore":"regent"}'],
    ['in no file', '', '{\n\t"credsStore": "regent"\n}'],
  ])('%s', (_, before, after) => {
    expect(changeDefault(read(before), 'regent')).toBe(after);
    expect(read(after).credsStore).toBe('regent');
  });

  it('can be undone by taking it out, however often it is there', () => {
    expect(changeDefault(read('{"credsStore":"x","a":1,"credsstore":"y"}'), undefined)).toBe(
      '{"a":1}',
    );
    expect(dropDefault(read('{"credsStore":"x","a":1,"credsstore":"y"}'))).toBe(
      '{"a":1,"credsstore":"y"}',
    );
    expect(changeDefault(read('{"a":1}'), undefined)).toBe('{"a":1}');
    expect(dropDefault(read('{"a":1}'))).toBe('{"a":1}');
  });
});

describe('a file that docker could not read, or not in one way', () => {
  it.each([
    ['no JSON', '{'],
    ['a byte order mark', '\ufeff{}'],
    ['only a byte order mark', '\ufeff'],
    ['a comment', '{ /* hello */ }'],
    ['a comma too many', '{"a":1,}'],
    ['something after it', '{} {}'],
    ['a list', '[]'],
    ['null', 'null'],
    ['a raw line end in a string', '{"a":"\n"}'],
    ['helpers that are no object', '{"credHelpers":[]}'],
    ['a helper that is no text', '{"credHelpers":{"h":1}}'],
    ['helpers taken back by a second null', '{"credHelpers":{},"credhelpers":null}'],
    ['logins that are no object', '{"auths":[]}'],
    ['a login that is no object', '{"auths":{"h":"x"}}'],
    ['brackets by the thousand', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['a store that is no text', '{"credsStore":1}'],
  ])('is refused: %s', (_, text) => {
    expect(readConfigText(text)).toBeUndefined();
  });
});

/** Any config.json: unknown keys, other helpers, any layout. */
const anyConfig = fc
  .record(
    {
      auths: fc.dictionary(fc.string(), fc.record({ auth: fc.base64String() })),
      credHelpers: fc.oneof(
        fc.dictionary(
          fc.constantFrom('g.io', 'h:1', 'x y', '[::1]:5000'),
          fc.constantFrom('gcr', ''),
        ),
        fc.constant(null),
      ),
      credsStore: fc.constantFrom('desktop', ''),
      unknown: fc.jsonValue(),
      '': fc.jsonValue(),
    },
    { requiredKeys: [] },
  )
  .chain((value) =>
    fc
      .record({
        indent: fc.constantFrom('', '\t', '  ', '    '),
        tail: fc.constantFrom('', '\n', '\r\n'),
        crlf: fc.boolean(),
      })
      .map(({ indent, tail, crlf }) => {
        const text = JSON.stringify(value, null, indent) + tail;
        return crlf ? text.replace(/\r?\n/g, '\r\n') : text;
      }),
  );
const anyKeys = fc.uniqueArray(
  fc.constantFrom('h:1', 'h:2', 'r.test', 'https://index.docker.io/v1/'),
  { minLength: 1 },
);

const anyWish: fc.Arbitrary<ConfigWish> = fc.oneof(
  fc.constantFrom('h:1', 'h:2', 'g.io').map((key) => ({ kind: 'add-route', key }) as const),
  fc
    .record({
      key: fc.constantFrom('h:1', 'g.io', 'x y'),
      from: fc.constantFrom('gcr', ''),
      to: fc.constantFrom('regent' as const, 'none' as const),
    })
    .map((route) => ({ kind: 'change-route', ...route }) as const),
  fc.constant({ kind: 'set-default' } as const),
  fc.constant({ kind: 'keep-default', helper: 'pass' } as const),
  fc.constant({ kind: 'drop-default', from: 'desktop' } as const),
);

/** Every property under several names and more than once, logins between them, on one line or on many. */
const anyTwice = fc
  .record({
    parts: fc.array(
      fc.oneof(
        fc
          .record({
            name: fc.constantFrom('credsStore', 'credsstore', 'CREDSSTORE'),
            value: fc.constantFrom('"gone"', '"other"', 'null', '""'),
          })
          .map(({ name, value }) => `"${name}":${value}`),
        fc
          .record({
            name: fc.constantFrom('credHelpers', 'credhelpers'),
            routes: fc.array(fc.constantFrom('"h:1":"gone"', '"h:1":"regent"', '"h:2":"gone"')),
          })
          .map(({ name, routes }) => `"${name}":{${routes.join()}}`),
        fc.nat(9).map((n) => `"auths":{"r.example":{"auth":"secret-${n}"}}`),
      ),
      { maxLength: 8 },
    ),
    gap: fc.constantFrom('', ' ', '\n\t', '\r\n  '),
  })
  .map(({ parts, gap }) => `{${parts.map((part) => gap + part).join()}${gap}}`);

const anyRepair: fc.Arbitrary<ConfigWish> = fc.constantFrom(
  { kind: 'drop-default', from: 'gone' },
  { kind: 'set-default' },
  { kind: 'keep-default', helper: 'pass' },
  { kind: 'add-route', key: 'h:1' },
  { kind: 'change-route', key: 'h:1', from: 'gone', to: 'none' },
  { kind: 'change-route', key: 'h:2', from: 'gone', to: 'regent' },
);

/** Each wish is granted by the end of its own steps. */
function planAll(before: string, wishes: readonly ConfigWish[]) {
  for (const wish of wishes) {
    expect(isGranted(read(planEdit('config.json', before, [wish]).text ?? ''), wish)).toBe(true);
  }
  const { text, changes } = planEdit('config.json', before, wishes);
  if (text === null) throw new Error('no text');
  return { text, changes };
}

describe('for any file', () => {
  it('any wishes change nothing else, can be taken back byte for byte, and leave no secret in a note', () => {
    fc.assert(
      fc.property(anyConfig, fc.array(anyWish, { maxLength: 6 }), (before, wishes) => {
        const { text, changes } = planAll(before, wishes);
        const { credHelpers: _was, credsStore: _store, ...rest } = JSON.parse(before);
        const { credHelpers: _is, credsStore: _now, ...restNow } = JSON.parse(text);
        expect(restNow).toEqual(rest);
        expect(Object.keys(restNow)).toEqual(Object.keys(rest));
        expect(takeBack(text, changes)).toBe(before);
        for (const { auth } of Object.values<{ auth: string }>(rest.auths ?? {})) {
          if (auth.length < 8) continue;
          for (const { removed, inserted } of changes)
            expect(removed + inserted).not.toContain(auth);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('no note ever holds a login, whatever stands before, between and after what is taken out', () => {
    fc.assert(
      fc.property(
        anyTwice,
        fc.array(anyRepair, { minLength: 1, maxLength: 4 }),
        (before, wishes) => {
          const { text, changes } = planAll(before, wishes);
          const taken = changes.map(({ removed, inserted }) => removed + inserted).join('\n');
          expect(taken).not.toMatch(/auth|secret/i);
          expect(before.match(/"auth":"secret-\d"/g)).toEqual(text.match(/"auth":"secret-\d"/g));
          expect(takeBack(text, changes)).toBe(before);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('adding routes changes nothing else, and adding them again changes nothing', () => {
    fc.assert(
      fc.property(anyConfig, anyKeys, (before, keys) => {
        const after = add(before, ...keys);
        const { credHelpers: was, ...rest } = JSON.parse(before);
        const { credHelpers: is, ...restNow } = JSON.parse(after);
        expect(restNow).toEqual(rest);
        const routes = Object.fromEntries(keys.map((key) => [key, 'regent']));
        expect(is).toEqual({ ...routes, ...was });
        expect(add(after, ...keys)).toBe(after);
      }),
    );
  });

  it('adding routes can be taken back byte for byte, and the note of it holds nothing of the file', () => {
    fc.assert(
      fc.property(anyConfig, anyKeys, anyKeys, (before, keys, more) => {
        const middle = add(before, ...keys);
        const after = add(middle, ...more);
        const changes = [changeBetween(before, middle), changeBetween(middle, after)];
        for (const change of changes) textChangeSchema.parse(change);
        expect(takeBack(after, changes)).toBe(before);
        const created = changeBetween(null, add('', ...keys));
        expect(takeBack(add('', ...keys), [created])).toBeNull();
      }),
    );
  });

  it('removing routes removes Regent’s and nothing else', () => {
    fc.assert(
      fc.property(anyConfig, anyKeys, (before, keys) => {
        const { credHelpers: was, ...rest } = JSON.parse(before);
        const { credHelpers: is, ...restNow } = JSON.parse(
          removeRoutes(add(before, ...keys), true),
        );
        expect(restNow).toEqual(rest);
        expect(is ?? {}).toEqual(was ?? {});
        expect(removeRoutes(before, true)).toBe(before);
      }),
    );
  });
});

describe('taking back', () => {
  it('passes over a change that was noted but never made', () => {
    const one = add('{}', 'h:1');
    const notes = [changeBetween('{}', one), changeBetween(one, add(one, 'h:2'))];
    expect(takeBack(one, notes)).toBe('{}');
    expect(takeBack('{}', notes.slice(0, 1))).toBe('{}');
  });

  it('stops where somebody else changed the file', () => {
    const one = add('{}', 'h:1');
    const theirs = `${one}\n`;
    const two = add(theirs, 'h:2');
    expect(takeBack(two, [changeBetween('{}', one), changeBetween(theirs, two)])).toBe(theirs);
  });
});
