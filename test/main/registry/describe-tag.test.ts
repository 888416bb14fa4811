import { describe, expect, it } from 'vitest';
import { describeBlob, jsonBlob, manifestReply, serveContent } from '../../fakes/images.ts';
import type { Reply } from '../../fakes/registry.ts';
import { type Blob, blobOf } from '../../lab/image-parts.ts';
import { calm, openClient, openFake } from './open-fake.ts';

const oci = {
  manifest: 'application/vnd.oci.image.manifest.v1+json',
  index: 'application/vnd.oci.image.index.v1+json',
  config: 'application/vnd.oci.image.config.v1+json',
  layer: 'application/vnd.oci.image.layer.v1.tar+gzip',
};
const created = '2026-01-02T03:04:05Z';

const layer = (size: number, digit: string, more: object = {}) => ({
  mediaType: oci.layer,
  digest: `sha256:${digit.repeat(64)}`,
  size,
  ...more,
});
const configOf = (more: object = {}) =>
  jsonBlob({ os: 'linux', architecture: 'amd64', created, ...more });
const imageOf = (config: Blob, layers: readonly object[], more: object = {}) =>
  jsonBlob({ mediaType: oci.manifest, config: describeBlob(oci.config, config), layers, ...more });
const blobReply = ({ bytes }: Blob): Reply => ({ body: bytes });

/** Serves these references of the repository `x` and describes the tag `t`. */
async function describeT(content: Readonly<Record<string, Reply>>) {
  const fake = await openFake(serveContent('x', content));
  const client = openClient(fake);
  return { fake, tag: await client.describeTag('x', 't', calm) };
}
const failing = async (content: Readonly<Record<string, Reply>>) =>
  describeT(content).then(
    () => undefined,
    (error: unknown) => error,
  );

describe('describeTag of one image', () => {
  const config = configOf({ variant: 'v2' });
  const image = imageOf(config, [layer(1000, 'a'), layer(200, 'b'), layer(1000, 'a')]);

  it('counts each blob once and takes platform and time from the config', async () => {
    const { fake, tag } = await describeT({
      t: manifestReply(oci.manifest, image),
      [config.digest]: blobReply(config),
    });
    expect(tag).toEqual({
      name: 't',
      digest: image.digest,
      mediaType: oci.manifest,
      size: 1200 + config.bytes.length,
      created: '2026-01-02T03:04:05.000Z',
      platforms: ['linux/amd64/v2'],
    });
    expect(fake.seen[0]?.headers.accept?.split(', ')).toEqual([
      oci.manifest,
      oci.index,
      'application/vnd.docker.distribution.manifest.v2+json',
      'application/vnd.docker.distribution.manifest.list.v2+json',
      'application/vnd.docker.distribution.manifest.v1+prettyjws',
      'application/vnd.docker.distribution.manifest.v1+json',
      'application/vnd.oci.artifact.manifest.v1+json',
      'application/vnd.cncf.oras.artifact.manifest.v1+json',
    ]);
  });

  it('goes by the bytes where the registry states no digest and no type', async () => {
    const { tag } = await describeT({
      t: { body: image.bytes, headers: { 'content-type': 'application/octet-stream' } },
      [config.digest]: blobReply(config),
    });
    expect(tag).toMatchObject({ digest: image.digest, mediaType: oci.manifest });
  });

  it('leaves out layers that are kept elsewhere', async () => {
    const foreign = imageOf(config, [layer(10, 'a'), layer(5000, 'b', { urls: ['https://x/'] })]);
    const { tag } = await describeT({ t: manifestReply(oci.manifest, foreign) });
    expect(tag.size).toBe(10 + config.bytes.length);
  });

  it('still tells the rest when the config is lost, and says no time that cannot be true', async () => {
    const { tag } = await describeT({ t: manifestReply(oci.manifest, image) });
    expect(tag).toMatchObject({ created: null, platforms: [], digest: image.digest });
    for (const old of ['0001-01-01T00:00:00Z', '1970-01-01T00:00:00Z', 'yesterday', 7]) {
      const early = configOf({ created: old });
      const { tag: built } = await describeT({
        t: manifestReply(oci.manifest, imageOf(early, [])),
        [early.digest]: blobReply(early),
      });
      expect(built.created).toBeNull();
    }
  });

  it('describes artifacts by their annotation', async () => {
    const chart = jsonBlob({ name: 'chart' });
    const manifest = jsonBlob({
      mediaType: oci.manifest,
      config: describeBlob('application/vnd.cncf.helm.config.v1+json', chart),
      layers: [layer(70, 'c')],
      annotations: { 'org.opencontainers.image.created': created },
    });
    const { tag } = await describeT({ t: manifestReply(oci.manifest, manifest) });
    expect(tag).toMatchObject({ platforms: [], created: '2026-01-02T03:04:05.000Z' });
    expect(tag.size).toBe(70 + chart.bytes.length);
  });

  describe('of a legacy image', () => {
    const tail = '\n}';
    /** What a signer makes of a payload, `more` put beside the signatures by somebody else. */
    const sign = (payload: string, more = '') => {
      const header = {
        formatLength: payload.length - tail.length,
        formatTail: Buffer.from(tail).toString('base64url'),
      };
      const signature = { protected: Buffer.from(JSON.stringify(header)).toString('base64url') };
      const signatures = JSON.stringify([signature]);
      return `${payload.slice(0, -tail.length)}${more},"signatures":${signatures}}`;
    };
    const headers = { 'content-type': 'application/vnd.docker.distribution.manifest.v1+prettyjws' };
    const historyOf = (os: string) =>
      JSON.stringify([{ v1Compatibility: JSON.stringify({ os, architecture: 'amd64', created }) }]);
    const payload = `{"schemaVersion": 1, "fsLayers": [], "history": ${historyOf('linux')}\n}`;
    const { digest } = blobOf(Buffer.from(payload));

    it('reads it, with the digest of the part that was signed', async () => {
      const { tag } = await describeT({ t: { headers, body: sign(payload) } });
      expect(tag).toMatchObject({
        ...{ digest, size: null, platforms: ['linux/amd64'] },
        created: '2026-01-02T03:04:05.000Z',
      });
    });

    it('believes nothing that was put beside it', async () => {
      const body = sign(payload, `,"history":${historyOf('evil')}`);
      const { tag } = await describeT({ t: { headers, body } });
      expect(tag).toMatchObject({ digest, platforms: ['linux/amd64'] });
    });

    it('takes no other manifest for one', async () => {
      const other = `{"schemaVersion": 2, "layers": []${tail}`;
      const body = sign(other, `,"schemaVersion":1,"fsLayers":[],"history":${historyOf('evil')}`);
      await expect(describeT({ t: { headers, body } })).rejects.toMatchObject({
        code: 'REGISTRY_RESPONSE_INVALID',
      });
    });
  });

  it.each<[what: string, content: Readonly<Record<string, Reply>>, code: string]>([
    ['no such tag', {}, 'TAG_NOT_FOUND'],
    [
      'no such repository',
      { t: { status: 404, body: { errors: [{ code: 'NAME_UNKNOWN' }] } } },
      'REPOSITORY_NOT_FOUND',
    ],
    [
      'bytes of another digest than the header says',
      { t: { ...manifestReply(oci.manifest, image), body: `${image.bytes} ` } },
      'DIGEST_MISMATCH',
    ],
    [
      'a config of another digest',
      { t: manifestReply(oci.manifest, image), [config.digest]: { body: { os: 'evil' } } },
      'DIGEST_MISMATCH',
    ],
    [
      'a type that the manifest denies',
      { t: manifestReply(oci.index, image) },
      'REGISTRY_RESPONSE_INVALID',
    ],
    ['no manifest', { t: { body: '<html>' } }, 'REGISTRY_RESPONSE_INVALID'],
    ['another document', { t: { body: { mediaType: 'text/plain' } } }, 'REGISTRY_RESPONSE_INVALID'],
    ['an endless manifest', { t: { fault: 'endless' } }, 'RESPONSE_TOO_LARGE'],
    [
      'a descriptor that leads elsewhere',
      { t: { body: { mediaType: oci.manifest, layers: [layer(1, '../')] } } },
      'REGISTRY_RESPONSE_INVALID',
    ],
  ])('understands %s', async (_, content, code) => {
    expect(await failing(content)).toHaveProperty('code', code);
  });

  it('refuses another manifest for a digest, whatever its header says', async () => {
    const wanted = `sha256:${'0'.repeat(64)}`;
    const fake = await openFake(
      serveContent('x', {
        [wanted]: {
          ...manifestReply(oci.manifest, image),
          headers: { 'docker-content-digest': wanted },
        },
      }),
    );
    await expect(openClient(fake).describeTag('x', wanted, calm)).rejects.toMatchObject({
      code: 'DIGEST_MISMATCH',
      data: { expected: wanted, actual: image.digest },
    });
  });
});

describe('describeTag of an index', () => {
  const amd = configOf();
  const arm = configOf({ architecture: 'arm64' });
  const amdImage = imageOf(amd, [layer(1000, 'a'), layer(10, 'b')]);
  const armImage = imageOf(arm, [layer(1000, 'a'), layer(7, 'c')]);
  const attestation = jsonBlob({ mediaType: oci.manifest, layers: [layer(99, 'd')] });
  const entry = (image: Blob, platform?: object, more: object = {}) =>
    describeBlob(oci.manifest, image, platform ? { platform, ...more } : more);
  const linux = (architecture: string) => ({ os: 'linux', architecture });
  const indexOf = (...manifests: readonly object[]) =>
    jsonBlob({ mediaType: oci.index, manifests });
  const stored = Object.fromEntries([
    ...[amdImage, armImage, attestation].map((one) => [
      one.digest,
      manifestReply(oci.manifest, one),
    ]),
    ...[amd, arm].map((one) => [one.digest, blobReply(one)]),
  ]) as Readonly<Record<string, Reply>>;

  it('adds up distinct blobs over all platforms, and counts attestations as none', async () => {
    const index = indexOf(
      entry(amdImage, linux('amd64')),
      entry(armImage, { ...linux('arm64'), variant: 'v8' }),
      entry(attestation, { os: 'unknown', architecture: 'unknown' }),
    );
    const { fake, tag } = await describeT({ ...stored, t: manifestReply(oci.index, index) });
    expect(tag).toEqual({
      name: 't',
      digest: index.digest,
      mediaType: oci.index,
      size: 1017 + amd.bytes.length + arm.bytes.length,
      created: '2026-01-02T03:04:05.000Z',
      platforms: ['linux/amd64', 'linux/arm64'],
    });
    expect(fake.seen).toHaveLength(4);
  });

  it('asks the configs for what the index leaves out, and follows indexes within', async () => {
    const inner = indexOf(entry(armImage));
    const index = indexOf(entry(amdImage), describeBlob(oci.index, inner));
    const { tag } = await describeT({
      ...stored,
      [inner.digest]: manifestReply(oci.index, inner),
      t: manifestReply(oci.index, index),
    });
    expect(tag.platforms).toEqual(['linux/amd64', 'linux/arm64']);
  });

  it('leaves out images that the registry has lost', async () => {
    const lost = describeBlob(oci.manifest, jsonBlob('lost'), { platform: linux('s390x') });
    const some = indexOf(entry(amdImage, linux('amd64')), lost);
    const { tag } = await describeT({ ...stored, t: manifestReply(oci.index, some) });
    expect(tag.platforms).toEqual(['linux/amd64']);
    const none = await describeT({ t: manifestReply(oci.index, indexOf(lost)) });
    expect(none.tag).toMatchObject({ platforms: ['linux/s390x'], size: null, created: null });
  });

  it('takes a build cache for its layers', async () => {
    const cache = indexOf(layer(300, 'a'), layer(20, 'b'));
    const { tag } = await describeT({ t: manifestReply(oci.index, cache) });
    expect(tag).toMatchObject({ size: 320, platforms: [] });
  });

  it.each([
    ['a child of another size', indexOf({ ...entry(amdImage), size: 5 })],
    ['more children than anyone needs', indexOf(...new Array(513).fill(entry(amdImage)))],
  ])('refuses %s', async (_, index) => {
    expect(await failing({ ...stored, t: manifestReply(oci.index, index) })).toHaveProperty(
      'code',
      'REGISTRY_RESPONSE_INVALID',
    );
  });

  it('refuses indexes within indexes without end', async () => {
    let nested = indexOf(entry(amdImage));
    const all: Record<string, Reply> = { ...stored };
    for (let depth = 0; depth < 5; depth += 1) {
      all[nested.digest] = manifestReply(oci.index, nested);
      nested = indexOf(describeBlob(oci.index, nested));
    }
    expect(await failing({ ...all, t: manifestReply(oci.index, nested) })).toHaveProperty(
      'code',
      'REGISTRY_RESPONSE_INVALID',
    );
  });
});
