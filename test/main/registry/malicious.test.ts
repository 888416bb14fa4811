import { describe, expect, it } from 'vitest';
import { readBlob } from '../../../main/registry/blobs/read-blob.ts';
import type { RegistryClient } from '../../../main/registry/client.ts';
import { RegentError } from '../../../shared/errors/index.ts';
import type { FakeServer, Reply, SeenRequest } from '../../fakes/registry.ts';
import { seededRandom } from '../../lab/fault-proxy.ts';
import { makeBlob } from './blobs/blob-server.ts';
import { ada, adaHeader, calm, certificate, collect, openClient, openFake } from './open-fake.ts';

const seeds = Array.from({ length: 40 }, (_, index) => index + 1);
const blob = makeBlob(5_000);
const stolen = 'token-for-this-registry-only';
/** What the gate before this registry wants to see, and nobody else. */
const gate = 'gate-of-this-registry-only';
const headers = async () => ({ 'x-gate': gate });

type Trick = (thief: string, request: SeenRequest) => Reply;

/** What a registry does that wants a login, memory, or time. */
const tricks: readonly Trick[] = [
  (thief) => challenge(`Bearer realm="${thief}/token",service="s"`),
  (thief) => challenge(`Bearer realm="${thief.replace('//', '//127.0.0.1@')}/token"`),
  (thief) => challenge(`Bearer realm="${thief.replace('https', 'http')}/token"`),
  () => challenge('Bearer realm="/token",service="s",scope="repository:*:*"'),
  () => challenge('Basic realm="mine"'),
  () => challenge(`Bearer ${'realm="'.repeat(2000)}`),
  () => challenge('Negotiate, Digest nonce="1"'),
  (thief, { path }) => ({ status: 307, headers: { location: `${thief}${path}` } }),
  (thief) => ({ status: 301, headers: { location: thief.replace('//', '//ada:x@') } }),
  (_, { path }) => ({ status: 302, headers: { location: `${path}/again` } }),
  () => ({ status: 302, headers: { location: 'http://169.254.169.254/latest/meta-data' } }),
  (thief) => ({
    headers: { link: `<${thief}/v2/_catalog?last=z>; rel="next"` },
    body: { repositories: ['a'], tags: ['a'] },
  }),
  (_, { query }) => ({
    headers: { link: `</v2/_catalog?last=${query.get('last') ?? ''}x>; rel="next"` },
    body: { repositories: ['a'], tags: ['a'] },
  }),
  () => ({ fault: 'endless' }),
  () => ({ fault: 'reset' }),
  () => ({ fault: 'truncate', body: 'x'.repeat(100) }),
  () => ({ body: blob.bytes, drip: 7 }),
  () => ({ body: Buffer.concat([blob.bytes, Buffer.from('!')]) }),
  () => ({ body: Buffer.from(blob.bytes).reverse() }),
  () => ({ status: 206, headers: { 'content-range': 'bytes 0-9/10' }, body: '0123456789' }),
  () => ({
    status: 206,
    headers: { 'content-range': `bytes 0-4999/${2 ** 60}` },
    body: blob.bytes,
  }),
  () => ({ status: 416, headers: { 'content-range': 'bytes */3' } }),
  () => ({ status: 429, headers: { 'retry-after': '9'.repeat(30) } }),
  () => ({ status: 503, headers: { 'retry-after': 'Fri, 31 Dec 9999 23:59:59 GMT' } }),
  () => ({ status: 429, headers: { 'retry-after': '1' } }),
  () => ({ status: 407, headers: { 'proxy-authenticate': 'Basic realm="x"' } }),
  () => ({ status: 200, headers: { 'x-huge': 'x'.repeat(60_000) } }),
  () => ({ status: 200, headers: { warning: `299 - "${'"'.repeat(5000)}` }, body: '[]' }),
  () => ({ body: `{"a":${'['.repeat(100_000)}` }),
  () => ({ body: `{"repositories":{"length":1e9},"tags":"${'x'.repeat(1000)}"}` }),
  () => ({ body: { repositories: [null, {}, '../..', 'a\u0000'], tags: ['\u001b[2J', '..'] } }),
  () => ({ headers: { 'content-encoding': 'gzip' }, body: blob.bytes }),
  () => ({ status: 599 }),
];

/** Everything that can be asked of a registry for reading; what resolves must be right. */
const wishes: readonly ((client: RegistryClient) => Promise<unknown>)[] = [
  (client) => client.ping(calm),
  (client) => collect(client.listRepositories(calm)),
  (client) => client.listTags('team/app', calm),
  (client) => client.describeTag('team/app', 'latest', calm),
  (client) => client.checkLogin(ada, calm),
  async (client) => {
    const { digest, bytes } = blob;
    const place = client.at('team/app', calm);
    const read = Buffer.concat(await collect(readBlob(place, { digest, size: bytes.length })));
    expect(read.equals(bytes)).toBe(true);
  },
  async (client) => {
    const read = Buffer.concat(
      await collect(readBlob(client.at('x', calm), { digest: blob.digest, size: null })),
    );
    expect(read.equals(blob.bytes)).toBe(true);
  },
];

/** The thieves and the registry itself, which in its own way may hear of the login when it asks for it. */
function expectNothingStolen(thieves: readonly FakeServer[]): void {
  for (const { received } of thieves) {
    for (const secret of [
      ada.password,
      encodeURIComponent(ada.password),
      adaHeader.slice(6),
      stolen,
      gate,
      'authorization',
    ]) {
      expect(received()).not.toContain(secret);
    }
  }
}

// A seed that fails can be run alone: its number is in the name.
describe('a malicious registry', () => {
  it.each(seeds)(
    'gets nothing accepted and nothing out: seed %i',
    async (seed) => {
      const random = seededRandom(seed);
      const loot = { token: stolen, repositories: ['loot'], tags: ['loot'] };
      const thief = await openFake(() => ({ body: loot }), { certificate, host: 'localhost' });
      const plain = await openFake(() => ({ body: loot }), { host: 'localhost' });
      const fake = await openFake((request) => {
        if (request.path === '/token')
          return { body: { token: stolen, expires_in: random(3) - 1 } };
        const trick = tricks[random(tricks.length)];
        return trick?.(random(4) === 0 ? plain.origin : thief.origin, request);
      });
      const client = openClient(fake, { credentials: async () => ada, headers });
      for (let count = 0; count < 12; count += 1) {
        const wish = wishes[random(wishes.length)];
        await wish?.(client).catch((error: unknown) => {
          if (!(error instanceof RegentError)) throw error;
        });
      }
      expectNothingStolen([thief, plain]);
      // Endless lists are read up to their limit, which takes a busy machine a while.
    },
    60_000,
  );

  it('has every trick played on every wish', async () => {
    for (const trick of tricks) {
      const thief = await openFake(() => ({ body: { token: stolen } }), {
        certificate,
        host: 'localhost',
      });
      const fake = await openFake((request) => {
        if (request.path === '/token') return { body: { token: stolen } };
        return trick(thief.origin, request);
      });
      const client = openClient(fake, { credentials: async () => ada, headers });
      for (const wish of wishes) {
        await wish(client).catch((error: unknown) => {
          if (!(error instanceof RegentError)) throw error;
        });
      }
      expectNothingStolen([thief]);
    }
  }, 120_000);
});

function challenge(value: string): Reply {
  return { status: 401, headers: { 'www-authenticate': value } };
}
