import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  formatJson,
  formatMap,
  readServerKey,
  readStoreRequest,
} from '../../../main/helper/wire.ts';

describe('the server that a client asks for', () => {
  it.each([
    ['registry.test:5443', 'registry.test:5443'],
    ['registry.test:5443\n', 'registry.test:5443'],
    ['registry.test:5443\r\n', 'registry.test:5443'],
    ['  registry.test:5443\t\n\n', 'registry.test:5443'],
    ['registry.\ntest:5443', 'registry.test:5443'],
    ['\n', ''],
    ['', ''],
  ])('%j is read as %j', (input, server) => {
    expect(readServerKey(input)).toBe(server);
  });
});

describe('the login that a client stores', () => {
  const request = { serverUrl: 'h:1', username: 'ada', secret: 'pw' };

  it.each([
    ['as docker writes it', '{"ServerURL":"h:1","Username":"ada","Secret":"pw"}\n'],
    ['with names in any case', '{"serverurl":"h:1","USERNAME":"ada","secret":"pw"}'],
    ['over several lines', '{\r\n"ServerURL":"h:1",\n"Username":"ada","Secret":"p\nw"}'],
    ['with something after it', '{"ServerURL":"h:1","Username":"ada","Secret":"pw"} {"x'],
    [
      'with fields of a later time',
      '{"x":{"y":"}"},"ServerURL":"h:1","Username":"ada","Secret":"pw"}}',
    ],
  ])('is read %s', (_, input) => {
    expect(readStoreRequest(input)).toEqual(request);
  });

  it('has its escapes undone', () => {
    const input =
      '{"ServerURL":"h:1","Username":"\\u003ctoken\\u003e","Secret":"\\"a\\\\\\ud83d\\ude00\\u0026"}';
    expect(readStoreRequest(input)).toEqual({
      serverUrl: 'h:1',
      username: '<token>',
      secret: '"a\\😀&',
    });
  });

  it('takes what is missing or null as empty', () => {
    const empty = { serverUrl: '', username: '', secret: '' };
    for (const input of ['{}', 'null', '{"ServerURL":null}']) {
      expect(readStoreRequest(input)).toEqual(empty);
    }
  });

  it.each(['', 'garbage', '[1]', '"h:1"', '1', '{', '{"ServerURL":1}', '{"Secret":{}}'])(
    'is refused when it is none: %j',
    (input) => {
      expect(readStoreRequest(input)).toBeUndefined();
    },
  );

  it('is read whatever is in it, and never throws', () => {
    const word = fc.string({ unit: 'grapheme' });
    fc.assert(
      fc.property(word, word, word, word, (server, username, secret, garbage) => {
        const line = formatJson({ ServerURL: server, Username: username, Secret: secret });
        const expected = { serverUrl: server.trim(), username, secret };
        expect(readStoreRequest(line)).toEqual(expected);
        expect(readStoreRequest(line.trim() + garbage)).toEqual(expected);
        expect(() => readStoreRequest(garbage)).not.toThrow();
      }),
    );
  });
});

describe('a line of JSON', () => {
  it('is written as Go writes it', () => {
    expect(formatJson({ Secret: '<a&b>\u2028ü"' })).toBe(
      '{"Secret":"\\u003ca\\u0026b\\u003e\\u2028ü\\""}\n',
    );
  });
});

describe('a list of logins', () => {
  it('has its keys in the order of their bytes, as Go sorts them, whatever they are', () => {
    const map = new Map(
      ['é', '\uffee', '😀', 'b<', '10', '9', 'a:1'].map((key) => [key, 'u&'] as const),
    );
    expect(formatMap(map)).toBe(
      `{${['10', '9', 'a:1', 'b\\u003c', 'é', '\uffee', '😀'].map((key) => `"${key}":"u\\u0026"`).join(',')}}\n`,
    );
    expect(formatMap(new Map())).toBe('{}\n');
  });
});
