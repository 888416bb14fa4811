import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeScopes, splitScopes } from '../../../main/registry/auth/scopes.ts';
import { cleanText } from '../../../main/registry/hostile-text.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import type { Reply } from '../../fakes/registry.ts';
import { ada, calm, collect, openClient, openFake } from './open-fake.ts';

const digest = `sha256:${'a'.repeat(64)}`;
const types = [
  ...['application/json', 'text/html', 'application/vnd.oci.image.manifest.v1+json'],
  ...['application/vnd.oci.image.index.v1+json', 'text/plain; charset=utf-8', ''],
  'application/vnd.docker.distribution.manifest.v1+prettyjws',
];
const values = fc.oneof(
  fc.constantFrom<unknown>(null, '', 'x', digest, -1, 1e300, {}, [], types[2], types[3], '1.0'),
  fc.constantFrom<unknown>(
    { digest, size: 3, mediaType: types[3] },
    [{ digest, size: 3 }],
    ['a', 'b'],
  ),
);
const bodies = fc.oneof(
  fc.string(),
  fc.dictionary(
    fc.constantFrom(
      ...[
        'mediaType',
        'config',
        'layers',
        'manifests',
        'annotations',
        'history',
        'fsLayers',
        'blobs',
      ],
      ...['signatures', 'tags', 'repositories', 'token', 'access_token', 'expires_in', 'errors'],
      ...['__proto__', 'os', 'created'],
    ),
    values,
  ),
);
const challenges = fc.constantFrom(
  ...['Basic', 'Bearer realm="/token"', 'Bearer realm="https://["', 'Bearer', 'Bearer realm=""'],
  ...['Digest realm="x"', ',,=,"', 'Bearer realm="/token",scope="a b:c repository:x:pull,push"'],
);
const replies: fc.Arbitrary<Reply> = fc.record({
  status: fc.constantFrom(200, 200, 200, 201, 204, 301, 304, 400, 401, 401, 403, 404, 429, 500),
  headers: fc.record(
    {
      'content-type': fc.constantFrom(...types),
      'www-authenticate': fc.array(challenges, { minLength: 1, maxLength: 2 }),
      'docker-content-digest': fc.constantFrom(digest, 'sha256:x', ''),
      link: fc.constantFrom(
        '<?last=a>; rel="next"',
        '<http://x/>; rel=next',
        '<',
        '<::>; rel="next"',
      ),
      location: fc.constantFrom('/v2/', '/token', '//', 'http://localhost:1/', 'data:,'),
      'retry-after': fc.constantFrom('0', '-1', 'soon', '99999999999999'),
    },
    { requiredKeys: [] },
  ),
  body: bodies,
});

describe('whatever a server answers', () => {
  it('ends with a result or an error of the closed list', async () => {
    let queue: readonly Reply[] = [];
    let asked = 0;
    const fake = await openFake(() => {
      asked += 1;
      return queue[asked % queue.length];
    });
    await fc.assert(
      fc.asyncProperty(fc.array(replies, { minLength: 1, maxLength: 5 }), async (planned) => {
        queue = planned;
        asked = 0;
        const client = openClient(fake, { credentials: async () => ada });
        const results = await Promise.allSettled([
          client.ping(calm),
          collect(client.listRepositories(calm)),
          client.listTags('x', calm),
          client.describeTag('x', 't', calm),
          client.checkLogin(ada, calm),
        ]);
        await client.close();
        for (const result of results) {
          if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(RegentError);
        }
        expect(asked).toBeLessThan(400);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe('cleanText', () => {
  it('leaves nothing that moves a cursor or turns text around', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = cleanText(text);
        expect(clean).not.toMatch(/[\p{Cc}\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/u);
        expect(clean.length).toBeLessThanOrEqual(300);
      }),
    );
  });
});

describe('scopes', () => {
  it('are merged by what they are about', () => {
    expect(
      mergeScopes([
        'repository:a/b:pull',
        'registry:catalog:*',
        'repository:a/b:push,pull',
        'repository:host:5000/a:pull',
        '*',
      ]),
    ).toEqual([
      'repository:a/b:pull,push',
      'registry:catalog:*',
      'repository:host:5000/a:pull',
      '*',
    ]);
  });

  it('are split at spaces, and nothing is no scope', () => {
    expect(splitScopes(' repository:a:pull  * ')).toEqual(['repository:a:pull', '*']);
    expect(splitScopes(undefined)).toEqual([]);
  });
});
