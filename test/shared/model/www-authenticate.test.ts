import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  chooseChallenge,
  headerLines,
  parseChallenges,
} from '../../../shared/model/www-authenticate.ts';

const read = (...lines: string[]) =>
  parseChallenges(lines).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)]);

describe('challenges', () => {
  it.each([
    [
      'Bearer realm="https://a/t",service="reg",scope="repository:x:pull,push"',
      [['bearer', { realm: 'https://a/t', service: 'reg', scope: 'repository:x:pull,push' }]],
    ],
    ['BASIC Realm="y, z"', [['basic', { realm: 'y, z' }]]],
    ['Basic', [['basic', {}]]],
    ['Basic realm="say \\"hi\\""', [['basic', { realm: 'say "hi"' }]]],
    [
      'bearer realm=https://a/t , service = reg',
      [['bearer', { realm: 'https://a/t', service: 'reg' }]],
    ],
    [
      'Bearer realm="r",service="s", Basic realm="b"',
      [
        ['bearer', { realm: 'r', service: 's' }],
        ['basic', { realm: 'b' }],
      ],
    ],
    [
      'Negotiate, NTLM, Basic realm="b"',
      [
        ['negotiate', {}],
        ['ntlm', {}],
        ['basic', { realm: 'b' }],
      ],
    ],
    [
      'Negotiate YWJj==, Basic realm="b"',
      [
        ['negotiate', {}],
        ['basic', { realm: 'b' }],
      ],
    ],
    ['Bearer realm="never closed', [['bearer', { realm: 'never closed' }]]],
    ['Bearer realm="first",realm="second"', [['bearer', { realm: 'first' }]]],
    [
      'Bearer error="invalid_token",scope="*"',
      [['bearer', { error: 'invalid_token', scope: '*' }]],
    ],
    ['', []],
    ['realm="without a scheme"', []],
  ])('%s', (line, challenges) => {
    expect(read(line)).toEqual(challenges);
  });

  it('come in several lines or in one', () => {
    const lines = ['Bearer realm="r",service="s"', 'Basic'];
    expect(read(...lines)).toEqual(read(lines.join(', ')));
  });

  it('are never a reason to fall over, and hide no later one', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(() => parseChallenges([text])).not.toThrow();
        expect(parseChallenges([text, 'Basic realm="b"']).at(-1)?.scheme).toBe('basic');
      }),
    );
  });

  it('are answered by Bearer before Basic, and only where that can work', () => {
    const chosen = (...lines: string[]) => chooseChallenge(parseChallenges(lines))?.scheme;
    expect(chosen('Basic realm="b"', 'Bearer realm="r"')).toBe('bearer');
    expect(chosen('Bearer error="x"', 'Basic')).toBe('basic');
    expect(chosen('Negotiate')).toBeUndefined();
  });
});

it('header lines are kept apart', () => {
  const raw = ['WWW-Authenticate', 'A', 'Date', 'WWW-Authenticate', 'www-authenticate', 'B'];
  expect(headerLines(raw, 'www-authenticate')).toEqual(['A', 'B']);
});
