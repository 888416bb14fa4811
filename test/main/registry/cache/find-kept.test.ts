import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createContentStore } from '../../../../main/registry/cache/content-store.ts';
import { digestNow } from '../../../../main/registry/cache/find-kept.ts';
import { fetchManifest } from '../../../../main/registry/describe/fetch-manifest.ts';
import { describeBlob, jsonBlob, manifestReply } from '../../../fakes/images.ts';
import type { FakeServer, Reply, SeenRequest } from '../../../fakes/registry.ts';
import type { Blob } from '../../../lab/image-parts.ts';
import { calm, openClient, openFake } from '../open-fake.ts';
import { scratch } from './scratch.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';

const imageOf = (architecture: string) => {
  const config = jsonBlob({ os: 'linux', architecture, created: '2026-01-02T03:04:05Z' });
  const manifest = jsonBlob({
    mediaType: MANIFEST,
    config: describeBlob(CONFIG, config),
    layers: [],
  });
  return { config, manifest };
};
const amd64 = imageOf('amd64');
const arm64 = imageOf('arm64');
const index = jsonBlob({
  mediaType: INDEX,
  manifests: [amd64, arm64].map(({ manifest }) => describeBlob(MANIFEST, manifest)),
});

const blobReply = ({ bytes }: Blob): Reply => ({ body: bytes });
const usual: Readonly<Record<string, Reply>> = {
  [amd64.config.digest]: blobReply(amd64.config),
  [arm64.config.digest]: blobReply(arm64.config),
  [amd64.manifest.digest]: manifestReply(MANIFEST, amd64.manifest),
  [arm64.manifest.digest]: manifestReply(MANIFEST, arm64.manifest),
};

/** A registry whose repository the test can change, and a client that keeps what it sees. */
async function openScene(
  tags: Record<string, Reply>,
  head?: (asked: SeenRequest) => Reply | undefined,
) {
  const content: Record<string, Reply> = { ...usual, ...tags };
  const fake = await openFake((asked) => {
    const own = asked.method === 'HEAD' ? head?.(asked) : undefined;
    const reference = asked.path.slice(asked.path.lastIndexOf('/') + 1);
    return (
      own ?? content[reference] ?? { status: 404, body: { errors: [{ code: 'MANIFEST_UNKNOWN' }] } }
    );
  });
  const store = createContentStore({ cache: join(scratch(), 'cache') });
  const clientOf = (user: string | null = 'ada') =>
    openClient(fake, {
      contentOf: (repository) => store.at({ address: fake.address, user }, repository),
    });
  const client = clientOf();
  return { fake, store, content, client, clientOf };
}

/** What was asked since the last time. */
function asking(fake: FakeServer) {
  let before = 0;
  return () => {
    const asked = fake.seen.slice(before).map(({ method, path }) => {
      const reference = path.slice(path.lastIndexOf('/') + 1);
      return `${method} ${reference.includes(':') ? 'digest' : reference}`;
    });
    before = fake.seen.length;
    return asked;
  };
}

describe('a second visit', () => {
  it('costs one HEAD a tag, and gives the same', async () => {
    const { fake, store, client } = await openScene({
      one: manifestReply(MANIFEST, amd64.manifest),
      all: manifestReply(INDEX, index),
    });
    const asked = asking(fake);
    const first = [
      await client.describeTag('x', 'one', calm),
      await client.describeTag('x', 'all', calm),
    ];
    expect(asked().filter((one) => one.startsWith('HEAD'))).toEqual([]);
    await store.settled();
    const second = [
      await client.describeTag('x', 'one', calm),
      await client.describeTag('x', 'all', calm),
    ];
    expect(asked()).toEqual(['HEAD one', 'HEAD all']);
    expect(second).toEqual(first);
    expect(first[1]?.platforms).toEqual(['linux/amd64', 'linux/arm64']);
  });

  it('keeps its connection from one HEAD to the next', async () => {
    let connections = 0;
    const server = createServer((_, response) => {
      const { digest, bytes } = amd64.manifest;
      response.setHeader('docker-content-digest', digest);
      response.setHeader('content-length', bytes.length).end();
    }).on('connection', () => {
      connections += 1;
    });
    onTestFinished(() => void server.close());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const address = `127.0.0.1:${port}`;
    const client = openClient({ address, origin: `http://${address}` });
    for (let i = 0; i < 10; i += 1) {
      expect(await digestNow(client.at('x', calm), 't')).toBe(amd64.manifest.digest);
    }
    expect(connections).toBeLessThanOrEqual(2);
  });

  it('fetches a tag that has moved, and learns where to', async () => {
    const { fake, store, content, client } = await openScene({
      t: manifestReply(MANIFEST, amd64.manifest),
    });
    await client.describeTag('x', 't', calm);
    content.t = manifestReply(MANIFEST, arm64.manifest);
    await store.settled();
    const asked = asking(fake);
    asked();
    expect((await client.describeTag('x', 't', calm)).platforms).toEqual(['linux/arm64']);
    expect(asked()).toEqual(['HEAD t', 'GET t', 'GET digest']);
    await store.settled();
    content.t = manifestReply(MANIFEST, amd64.manifest);
    expect((await client.describeTag('x', 't', calm)).digest).toBe(amd64.manifest.digest);
    expect(asked()).toEqual(['HEAD t']);
  });

  it.each<[what: string, head: Reply]>([
    ['is not allowed', { status: 405 }],
    ['is answered with an error', { status: 500 }],
    ['tells no digest', { headers: { 'content-type': MANIFEST } }],
    ['tells no sensible digest', { headers: { 'docker-content-digest': 'sha256:../../x' } }],
    [
      'tells an unknown digest',
      { headers: { 'docker-content-digest': `sha256:${'0'.repeat(64)}` } },
    ],
    ['breaks the connection', { fault: 'reset' }],
  ])('falls back to a GET where a HEAD %s', async (_, head) => {
    let broken: Reply | undefined;
    const { store, client } = await openScene(
      { t: manifestReply(MANIFEST, amd64.manifest) },
      () => broken,
    );
    const first = await client.describeTag('x', 't', calm);
    await store.settled();
    broken = head;
    expect(await client.describeTag('x', 't', calm)).toEqual(first);
  });

  it('does not ask again at once when it asks too much', async () => {
    let reply: Reply | undefined;
    const { fake, store, client } = await openScene(
      { t: manifestReply(MANIFEST, amd64.manifest) },
      () => reply,
    );
    await client.describeTag('x', 't', calm);
    await store.settled();
    reply = { status: 429, headers: { 'retry-after': '600' } };
    const asked = asking(fake);
    asked();
    await expect(client.describeTag('x', 't', calm)).rejects.toHaveProperty('code', 'RATE_LIMITED');
    expect(asked()).toEqual(['HEAD t']);
  });

  it('says that a tag or a named digest is gone, though its bytes are still here', async () => {
    const { store, content, client } = await openScene({
      t: manifestReply(MANIFEST, amd64.manifest),
    });
    await client.describeTag('x', 't', calm);
    await fetchManifest(client.at('x', calm), amd64.manifest.digest);
    await store.settled();
    delete content.t;
    delete content[amd64.manifest.digest];
    for (const reference of ['t', amd64.manifest.digest]) {
      await expect(client.describeTag('x', reference, calm)).rejects.toHaveProperty(
        'code',
        'TAG_NOT_FOUND',
      );
    }
  });

  it('never gives another login, or another repository, what one has seen', async () => {
    const { fake, store, client, clientOf } = await openScene({
      t: manifestReply(MANIFEST, amd64.manifest),
    });
    await client.describeTag('x', 't', calm);
    await store.settled();
    const asked = asking(fake);
    asked();
    for (const visit of [
      () => clientOf('eve').describeTag('x', 't', calm),
      () => clientOf(null).describeTag('x', 't', calm),
      () => client.describeTag('y', 't', calm),
    ]) {
      await visit();
      expect(asked()).toEqual(['GET t', 'GET digest']);
    }
  });

  it('forgets a repository that the login may no longer read', async () => {
    const { fake, store, content, client } = await openScene({
      t: manifestReply(MANIFEST, amd64.manifest),
    });
    await client.describeTag('x', 't', calm);
    await store.settled();
    const before = content.t;
    content.t = { status: 403 };
    await expect(client.describeTag('x', 't', calm)).rejects.toHaveProperty(
      'code',
      'ACCESS_DENIED',
    );
    content.t = before as Reply;
    const asked = asking(fake);
    asked();
    await client.describeTag('x', 't', calm);
    expect(asked()).toEqual(['GET t', 'GET digest']);
  });

  it('keeps nothing that did not hash to its name', async () => {
    const { store, client } = await openScene({
      t: { ...manifestReply(MANIFEST, amd64.manifest), body: 'x'.repeat(10) },
      [amd64.config.digest]: { body: 'y' },
      u: manifestReply(MANIFEST, amd64.manifest),
    });
    await expect(client.describeTag('x', 't', calm)).rejects.toThrow();
    await expect(client.describeTag('x', 'u', calm)).rejects.toHaveProperty(
      'code',
      'DIGEST_MISMATCH',
    );
    await store.settled();
    expect((await store.usage()).files).toBe(1);
  });
});
