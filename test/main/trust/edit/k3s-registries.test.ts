import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { EditRefused } from '../../../../main/trust/edit/editor.ts';
import { type K3sWish, k3sRegistries } from '../../../../main/trust/edit/k3s-registries.ts';
import { anyYamlText } from './any-yaml.ts';
import { refusal } from './refusal.ts';

const ca: K3sWish = { address: 'h:1', caPath: '/r/ca.crt' };
const all: K3sWish = {
  ...ca,
  client: { key: '/r/c.key', cert: '/r/c.cert' },
  isOwnMirror: true,
};
const http: K3sWish = { address: 'h:1', plainHttp: true };

describe('a registry in registries.yaml', () => {
  it.each<[string, string | null, K3sWish, string]>([
    [
      'no file',
      null,
      all,
      `mirrors: # Regent
  "h:1": # Regent
    endpoint: ["https://h:1"] # Regent
configs: # Regent
  "h:1": # Regent
    tls: # Regent
      ca_file: "/r/ca.crt" # Regent
      cert_file: "/r/c.cert" # Regent
      key_file: "/r/c.key" # Regent
`,
    ],
    [
      'a file with only a comment',
      '# nothing yet',
      http,
      '# nothing yet\nmirrors: # Regent\n  "h:1": # Regent\n    endpoint: ["http://h:1"] # Regent',
    ],
    [
      'other registries, above the comment on the first',
      'configs:\n    # his\n    "g:1":\n        auth: {}\n',
      ca,
      'configs:\n    "h:1": # Regent\n      tls: # Regent\n        ca_file: "/r/ca.crt" # Regent\n' +
        '    # his\n    "g:1":\n        auth: {}\n',
    ],
    [
      'an entry that is there',
      'configs:\r\n  h:1:\r\n    auth:\r\n      username: u\r\n',
      ca,
      'configs:\r\n  h:1:\r\n    tls: # Regent\r\n      ca_file: "/r/ca.crt" # Regent\r\n' +
        '    auth:\r\n      username: u\r\n',
    ],
    [
      'a key without a value',
      'mirrors:\nconfigs: # none',
      ca,
      'mirrors:\nconfigs: # none\n  "h:1": # Regent\n    tls: # Regent\n      ca_file: "/r/ca.crt" # Regent',
    ],
  ])('is put into %s, and taken out byte for byte', (_, before, wish, after) => {
    expect(k3sRegistries.apply(before, wish)).toBe(after);
    expect(k3sRegistries.has(after, wish)).toBe(true);
    expect(k3sRegistries.revert(after, wish)).toBe(before);
  });

  it('leaves what others added since', () => {
    const own = k3sRegistries.apply(null, ca);
    const grown = own.replace('    tls:', '    auth: {username: u}\n    tls:');
    expect(k3sRegistries.revert(grown, ca)).toBe(
      'configs: # Regent\n  "h:1": # Regent\n    auth: {username: u}\n',
    );
    const listed = k3sRegistries.apply(null, http).replace('1"]', '1", "https://m"]');
    expect(parse(k3sRegistries.revert(listed, http) ?? '')).toEqual({
      mirrors: { 'h:1': { endpoint: ['https://m'] } },
    });
  });

  it('shares the keys above it with other registries of Regent’s', () => {
    const one = k3sRegistries.apply(null, ca);
    const both = k3sRegistries.apply(one, { ...ca, address: 'g' });
    expect(k3sRegistries.revert(both, { ...ca, address: 'g' })).toBe(one);
    const other = k3sRegistries.revert(both, ca);
    expect(k3sRegistries.has(other ?? '', { ...ca, address: 'g' })).toBe(true);
    expect(k3sRegistries.revert(other ?? '', { ...ca, address: 'g' })).toBeNull();
  });
});

describe('a registries.yaml that says otherwise, or that can’t be edited', () => {
  it.each<[string, string, string, K3sWish]>([
    ['conflict', 'ca_file: "/o"', 'configs: {"h:1": {tls: {ca_file: /o}}}', ca],
    ['conflict', 'endpoint: ["https://m"]', 'mirrors:\n  h:1:\n    endpoint: [https://m]', http],
    ['conflict', 'endpoint: ["http://h:1"]', 'mirrors: {"h:1": {endpoint: ["http://h:1/"]}}', ca],
    ['handEdit', 'ca_file: "/r/ca.crt"', 'configs: {}', ca],
    ['handEdit', 'ca_file', '{}', ca],
    ['handEdit', 'ca_file', 'configs: ~', ca],
    ['handEdit', 'ca_file', '--- # begin\nmirrors:\n...\n', ca],
    ['handEdit', '*a', 'configs: &a\nmirrors: *a', ca],
    ['duplicateKey', ':', 'configs:\nconfigs:', ca],
    ['unparsable', '1:', 'a: b: c', ca],
    ['unparsable', '', 'a: 1\n---\nb: 2', ca],
    ['notAnObject', '', '- a', ca],
    ['byteOrderMark', '', '\ufeffa: 1', ca],
    ['wishInvalid', '', '', { address: 'h:1' }],
    ['wishInvalid', '', '', { address: 'h:1', caPath: '' }],
  ])('is refused: %s %s', (reason, detail, text, wish) => {
    const refused = refusal(() => k3sRegistries.apply(text, wish));
    expect(refused.reason).toBe(reason);
    expect(refused.detail).toContain(detail);
  });
});

const wishes = fc.constantFrom(ca, all, http);

describe('for any registries.yaml', () => {
  it('putting in changes nothing else, once is enough, and taking out gives the very bytes', () => {
    let done = 0;
    fc.assert(
      fc.property(anyYamlText, wishes, (before, wish) => {
        expect(k3sRegistries.has(before, wish)).toBe(false);
        let after: string;
        try {
          after = k3sRegistries.apply(before, wish);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(EditRefused);
          return;
        }
        done += 1;
        expect(k3sRegistries.has(after, wish)).toBe(true);
        expect(k3sRegistries.apply(after, wish)).toBe(after);
        expect(k3sRegistries.revert(after, wish)).toBe(before);
        expect(k3sRegistries.revert(before, wish)).toBe(before);
        const kept = after.split(/(?<=\n)/).filter((line) => !before.includes(line.trimEnd()));
        expect(kept.every((line) => line.trimEnd().endsWith('# Regent'))).toBe(true);
      }),
      { numRuns: 100 },
    );
    expect(done).toBeGreaterThan(50);
  });

  it('nothing crashes or hangs, also where it is garbage', () => {
    const pieces = fc.array(
      fc.oneof(
        fc.constantFrom('configs:', 'mirrors:', '"h:1":', '\n', '  ', '- ', '{', '}', '[', ']'),
        fc.constantFrom('&a', '*a', '!!map', '|', '>', '"', "'", '# Regent', '---', '...', '? '),
        fc.constantFrom('\t', '%YAML 1.1\n', '<<: ', ': ', 'tls:', '\r', '\0'),
        fc.string(),
      ),
    );
    fc.assert(
      fc.property(pieces, wishes, (parts, wish) => {
        const text = parts.join('');
        for (const attempt of [
          () => k3sRegistries.apply(text, wish),
          () => k3sRegistries.revert(text, wish),
        ]) {
          try {
            attempt();
          } catch (thrown) {
            expect(thrown).toMatchObject({ name: 'EditRefused' });
          }
        }
        k3sRegistries.has(text, wish);
      }),
      { numRuns: 500 },
    );
    for (const deep of ['['.repeat(60_000), '- '.repeat(30_000), '{a: '.repeat(15_000)]) {
      expect(refusal(() => k3sRegistries.apply(deep, ca)).name).toBe('EditRefused');
    }
  });
});
