import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RegentError } from '../../../shared/errors/index.ts';
import { redactInput } from '../../../shared/model/redact.ts';
import { formatReference, parseReference } from '../../../shared/model/reference.ts';

const F = `sha256:${'f'.repeat(64)}`;
const X = '1a3f5e7d9c0b2468ace013579bdf02468ace013579bdf02468ace013579b3b8a';
const a = (count: number) => 'a'.repeat(count);
const f = (count: number) => 'f'.repeat(count);

describe('parseReference', () => {
  it.each<
    [text: string, registry: string, repository: string, tag?: string | null, digest?: string]
  >([
    ['ubuntu', 'docker.io', 'library/ubuntu'],
    ['ubuntu:22.04', 'docker.io', 'library/ubuntu', '22.04'],
    ['library/ubuntu', 'docker.io', 'library/ubuntu'],
    ['docker.io/ubuntu', 'docker.io', 'library/ubuntu'],
    ['index.docker.io/ubuntu', 'docker.io', 'library/ubuntu'],
    ['registry-1.docker.io/library/ubuntu', 'docker.io', 'library/ubuntu'],
    ['docker.io/library/foo/bar', 'docker.io', 'library/foo/bar'],
    ['dmcgowan/myapp', 'docker.io', 'dmcgowan/myapp'],
    ['test_com', 'docker.io', 'library/test_com'],
    ['test_com/foo', 'docker.io', 'test_com/foo'],
    ['test.com:5000', 'docker.io', 'library/test.com', '5000'],
    ['192.168.1.1:5000', 'docker.io', 'library/192.168.1.1', '5000'],
    ['localhost', 'docker.io', 'library/localhost'],
    ['localhost/fooo/bar', 'localhost', 'fooo/bar'],
    ['localhost:5000/x:y', 'localhost:5000', 'x', 'y'],
    ['test:5000/repo', 'test:5000', 'repo'],
    [`test:5000/repo:tag@${F}`, 'test:5000', 'repo', 'tag', F],
    [
      'sub-dom1.foo.com/bar/baz/quux:some-long-tag',
      'sub-dom1.foo.com',
      'bar/baz/quux',
      'some-long-tag',
    ],
    [
      'b.gcr.io/test.example.com/my-app:test.example.com',
      'b.gcr.io',
      'test.example.com/my-app',
      'test.example.com',
    ],
    [`xn--n3h.com/myimage:xn--n3h.com@${F}`, 'xn--n3h.com', 'myimage', 'xn--n3h.com', F],
    ['192.168.1.1:5000/repo:5050', '192.168.1.1:5000', 'repo', '5050'],
    ['[2001:db8::1]/repo', '[2001:db8::1]', 'repo'],
    [`[2001:db8::1]:5000/repo:tag@${F}`, '[2001:db8::1]:5000', 'repo', 'tag', F],
    ['[::1]:5000/repo', '[::1]:5000', 'repo'],
    ['LOCALDOMAIN/debian', 'LOCALDOMAIN', 'debian'],
    ['Docker/docker', 'Docker', 'docker'],
    ['lowercase:Uppercase', 'docker.io', 'library/lowercase', 'Uppercase'],
    ['docker---rules/docker', 'docker.io', 'docker---rules/docker'],
    ['dock__er/docker', 'docker.io', 'dock__er/docker'],
    [`busybox:latest@${F}`, 'docker.io', 'library/busybox', 'latest', F],
    [`redis@${F}`, 'docker.io', 'library/redis', null, F],
    [`docker.io/${X}`, 'docker.io', `library/${X}`],
    ['dbcc1', 'docker.io', 'library/dbcc1'],
    [`x:${a(128)}`, 'docker.io', 'library/x', a(128)],
    [`example.com/${a(255)}:tag`, 'example.com', a(255), 'tag'],
  ])('reads %s', (text, registry, repository, tag = null, digest) => {
    expect(parseReference(text)).toEqual({ registry, repository, tag, digest: digest ?? null });
  });

  it.each([
    ...['', ':justtag', `@${F}`, 'aa/asdf$$^/aa', 'docker/', 'docker///docker', '/docker'],
    ...['https://github.com/docker/docker', 'Uppercase:tag', 'docker/Docker'],
    ...['test:5000/Uppercase/lowercase:tag', '-docker/docker', 'docker-/docker', 'dock..er/docker'],
    ...['dock_.er/docker', 'dock-.er/docker', '____/____', 'x:-foo', '[2001:db8::1]'],
    ...[
      '[fe80::1%eth0]:5000/repo',
      'fc00::1:5000/debian',
      '[2001:db8:3:4::192.0.2.33]:5000/debian',
    ],
    ...[
      `repo@sha256:${f(34)}`,
      `validname@invaliddigest:${f(64)}`,
      `repo@sha256:${'F'.repeat(64)}`,
    ],
    ...[`repo@sha512:${f(64)}`, `domain.io/${a(256)}:tag`, `x:${a(129)}`, X, 'repo:tag ', ' repo'],
    ...['host.test/../x', 'host.test/a/../b', 'host.test/a%2fb', 'host.test/a\nb', 'repo@'],
  ])('refuses %j', (text) => {
    expect(() => parseReference(text)).toThrow(
      expect.objectContaining({ code: 'REFERENCE_INVALID', data: { input: redactInput(text) } }),
    );
  });

  it('echoes no password', () => {
    expect(() => parseReference('https://ada:secret@nas.local/x')).toThrow(
      expect.objectContaining({ data: { input: 'https://…@nas.local/x' } }),
    );
  });

  it('takes any text whatever, and reads back what it writes', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'B',
        '0',
        '.',
        '-',
        '_',
        '__',
        '/',
        ':',
        '@',
        '[',
        ']',
        'localhost',
        '::1',
        F,
        '\u202e',
      ],
    );
    const texts = fc.oneof(fc.string(), fc.string({ unit: piece, maxLength: 24 }));
    fc.assert(
      fc.property(texts, (text) => {
        try {
          const reference = parseReference(text);
          expect(parseReference(formatReference(reference))).toEqual(reference);
        } catch (error) {
          expect(error).toBeInstanceOf(RegentError);
          expect(error).toHaveProperty('code', 'REFERENCE_INVALID');
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('stays quick on long texts made to slow it down', () => {
    for (const text of [`${'a-'.repeat(500)}A`, `${'a'.repeat(1000)}!`, `${'a.'.repeat(511)}/`]) {
      expect(() => parseReference(text)).toThrow(RegentError);
    }
    expect(() => parseReference('a/'.repeat(1_000_000))).toThrow(RegentError);
  });
});
