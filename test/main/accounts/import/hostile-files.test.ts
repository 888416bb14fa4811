import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readConfigText } from '../../../../main/accounts/docker-config/config-text.ts';
import { entryContent } from '../../../../main/accounts/import/entry-content.ts';
import { findInFile } from '../../../../main/accounts/import/find-in-file.ts';
import { parseAuths } from '../../../../main/accounts/import/read-auth-file.ts';
import { withoutLogin } from '../../../../main/accounts/import/remove-plaintext.ts';
import { pair } from './import-world.ts';

const kinds = ['docker-config', 'podman-auth'] as const;
const kind = fc.constantFrom(...kinds);
const fields = ['auth', 'Auth', 'username', 'password', 'identitytoken', 'registrytoken', 'email'];
const entry = fc.oneof(
  fc.record({ auth: fc.base64String() }),
  fc.record({ auth: fc.tuple(fc.string(), fc.string()).map(([a, b]) => pair(a, b)) }),
  fc.dictionary(fc.constantFrom(...fields), fc.oneof(fc.string(), fc.jsonValue())),
  fc.jsonValue(),
);
const key = fc.oneof(
  fc.constantFrom('h:1', 'https://h:1/v2/', 'h/team', '__proto__', 'docker.io', ''),
  fc.string({ unit: 'binary' }),
);
const file = fc.oneof(
  fc.record({
    auths: fc.dictionary(key, entry),
    credsStore: fc.string(),
    credHelpers: fc.dictionary(key, fc.string()),
  }),
  fc.dictionary(fc.constantFrom('auths', 'Auths', 'credHelpers', 'x'), fc.jsonValue()),
);
const indent = fc.constantFrom('', '\t', '  ');

const textOf = (value: unknown, space: string) => JSON.stringify(value, null, space);

describe('files of logins with anything in them', () => {
  it('are read, or refused by name', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          file.map((one) => textOf(one, '')),
        ),
        kind,
        (text, kind) => {
          const source = { kind, path: '/x', isAlone: false };
          try {
            const config = parseAuths(source, text);
            const flags = { isOpenToOthers: false, hasOtherNames: false };
            const reading = { file: source, config, ...flags, problem: null };
            for (const login of findInFile(reading)) expect(login.id).toMatch(/^[0-9a-f]{32}$/);
          } catch (error) {
            expect(error).toMatchObject({
              code: expect.stringMatching(/^(DOCKER_CONFIG|AUTH_FILE)_INVALID$/),
            });
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('lose the one login that is taken out, and nothing else', () => {
    let taken = 0;
    fc.assert(
      fc.property(file, indent, kind, (value, space, kind) => {
        const config = readConfigText(textOf(value, space));
        fc.pre(config !== undefined);
        const logins = [...config.auths.keys()].filter(
          (key) => entryContent(config, key).kind === 'login',
        );
        taken += logins.length;
        for (const key of logins) {
          const after = readConfigText(withoutLogin(config, key, kind));
          if (!after) throw new Error('it can’t be read any more');
          expect(entryContent(after, key).kind).toBe('none');
          const others = [...config.auths.keys()].filter((other) => other !== key);
          for (const other of others) {
            expect(entryContent(after, other)).toEqual(entryContent(config, other));
          }
          expect([...after.routes]).toEqual([...config.routes]);
          expect([...after.auths.keys()]).toEqual(
            kind === 'docker-config' ? [...config.auths.keys()] : others,
          );
        }
      }),
      { numRuns: 500 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
