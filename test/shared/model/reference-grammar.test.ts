import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDigest } from '../../../shared/model/digest.ts';
import {
  formatReference,
  type ImageReference,
  isRepository,
  isTag,
  parseReference,
} from '../../../shared/model/reference.ts';

// The published grammar (distribution/reference, regexp.go), assembled as it is there and not as the parser is.
const domainPart = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const domainName = `${domainPart}(?:\\.${domainPart})*`;
const domain = `(?:${domainName}|\\[(?:[a-fA-F0-9:]+)\\])(?::[0-9]+)?`;
const pathPart = '[a-z0-9]+(?:(?:[._]|__|[-]+)[a-z0-9]+)*';
const path = `${pathPart}(?:/${pathPart})*`;
const tag = '[\\w][\\w.-]{0,127}';
const digest = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*[:][0-9a-fA-F]{32,}';
const whole = new RegExp(`^(?:(${domain})/)?(${path})(?::(${tag}))?(?:@(${digest}))?$`);

/** What Docker reads (normalize.go, ParseNormalizedNamed), step by step over the published expression; null if refused. */
function dockerReads(text: string): ImageReference | null {
  if (/^[a-f0-9]{64}$/.test(text)) return null;
  const slash = text.indexOf('/');
  const first = text.slice(0, Math.max(0, slash));
  const isDomain =
    slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  let registry = isDomain ? first : 'docker.io';
  let rest = isDomain ? text.slice(slash + 1) : text;
  if (registry === 'index.docker.io' || registry === 'registry-1.docker.io') registry = 'docker.io';
  const name = /^[^:@]*/.exec(rest)?.[0] ?? '';
  if (registry === 'docker.io' && !name.includes('/')) rest = `library/${rest}`;
  const match = whole.exec(`${registry}/${rest}`);
  const [, host, repository = '', itsTag, itsDigest] = match ?? [];
  if (!match || host !== registry || repository.length > 255) return null;
  if (
    itsDigest !== undefined &&
    !/^sha(256:[0-9a-f]{64}|384:[0-9a-f]{96}|512:[0-9a-f]{128})$/.test(itsDigest)
  )
    return null;
  return { registry, repository, tag: itsTag ?? null, digest: itsDigest ?? null };
}

function weRead(text: string): ImageReference | null {
  try {
    return parseReference(text);
  } catch {
    return null;
  }
}

const word = fc.stringMatching(new RegExp(`^${pathPart}$`));
const host = fc.oneof(
  fc.stringMatching(new RegExp(`^${domain}$`)),
  fc.constantFrom('localhost', 'localhost:5000', 'docker.io', 'index.docker.io', '[::1]:5000'),
);
const hex = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const anyDigest = fc.oneof(
  hex(64).map((text) => `sha256:${text}`),
  hex(96).map((text) => `sha384:${text}`),
  hex(128).map((text) => `sha512:${text}`),
);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });

/** References as people write them: all of the grammar's forms. */
const written = fc
  .record({
    host: optional(host),
    parts: fc.array(word, { minLength: 1, maxLength: 4 }),
    tag: optional(fc.stringMatching(new RegExp(`^${tag}$`))),
    digest: optional(anyDigest),
  })
  .map((parts) =>
    [
      ...[parts.host === undefined ? '' : `${parts.host}/`, parts.parts.join('/')],
      ...[parts.tag === undefined ? '' : `:${parts.tag}`],
      ...[parts.digest === undefined ? '' : `@${parts.digest}`],
    ].join(''),
  );

/** The same with one thing wrong, or not. */
const mutated = fc
  .record({
    text: written,
    at: fc.nat(),
    cut: fc.nat(2),
    put: fc.constantFrom('', ...'/:@.-_[]%ABz0 \n\u202e', '//', '..', '__', '___', '--', 'é'),
  })
  .map(({ text, at, cut, put }) => {
    const from = at % (text.length + 1);
    return text.slice(0, from) + put + text.slice(from + cut);
  });

describe('the grammar of references, against the published one', () => {
  it('reads what Docker reads, as Docker reads it, and refuses the rest', () => {
    fc.assert(
      fc.property(fc.oneof(written, mutated, fc.string()), (text) => {
        expect(weRead(text)).toEqual(dockerReads(text));
      }),
      { numRuns: 5_000 },
    );
  });

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(fc.oneof(written, mutated), (text) => {
        const reference = weRead(text);
        if (reference) expect(parseReference(formatReference(reference))).toEqual(reference);
      }),
      { numRuns: 2_000 },
    );
  });

  it('has parts that can stand in an URL without harm', () => {
    fc.assert(
      fc.property(fc.oneof(written, mutated, fc.string()), (text) => {
        for (const part of [text, ...text.split('/'), ...text.split(/[:@]/)]) {
          if (isRepository(part) || isTag(part) || isDigest(part)) {
            const url = new URL(`http://r.test/v2/${part}/x`);
            expect([url.host, url.pathname, url.search]).toEqual(['r.test', `/v2/${part}/x`, '']);
          }
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
