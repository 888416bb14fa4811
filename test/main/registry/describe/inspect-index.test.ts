import { describe, expect, it } from 'vitest';
import { ownPlatform } from '../../../../main/registry/describe/choose-platform.ts';
import { describeBlob, jsonBlob } from '../../../fakes/images.ts';
import type { Blob } from '../../../lab/image-parts.ts';
import { blobs, configOf, imageOf, indexOf, inspectT, layer, manifestAt, oci } from './parts.ts';

const image = (os: string, architecture: string, layers: readonly object[], more: object = {}) => {
  const config = configOf({ os, architecture, ...more });
  return { config, manifest: imageOf(config, layers) };
};
const shared = layer(100, 'a');
const amd64 = image('linux', 'amd64', [shared, layer(20, 'b')]);
const arm = image('linux', 'arm', [shared, layer(30, 'c')], { variant: 'v7' });
const s390x = image('linux', 's390x', [layer(40, 'd')]);
const entry = (manifest: Blob, platform?: object, more: object = {}) =>
  describeBlob(oci.manifest, manifest, { ...(platform && { platform }), ...more });
const linux = (architecture: string, more: object = {}) => ({ os: 'linux', architecture, ...more });
const attestation = entry(
  jsonBlob({ attestation: 1 }),
  { os: 'unknown', architecture: 'unknown' },
  { annotations: { 'vnd.docker.reference.type': 'attestation-manifest' } },
);
const all = {
  ...manifestAt(amd64.manifest.digest, amd64.manifest),
  ...manifestAt(arm.manifest.digest, arm.manifest),
  ...manifestAt(s390x.manifest.digest, s390x.manifest),
  ...blobs(amd64.config, arm.config, s390x.config),
};
const sizeOf = ({ config }: { readonly config: Blob }, layers: number) =>
  layers + config.bytes.length;

describe('inspect of an index', () => {
  const index = indexOf([
    entry(arm.manifest, linux('arm', { variant: 'v7' })),
    entry(amd64.manifest, linux('amd64')),
    entry(s390x.manifest),
    attestation,
  ]);
  const content = { ...manifestAt('t', index, oci.index), ...all };

  it('tells the size of each image, and one image in detail', async () => {
    const { details } = await inspectT(content, 'linux/amd64');
    expect(details).toMatchObject({
      ...{ digest: index.digest, kind: 'multi-platform', manifest: index.bytes.toString() },
      platforms: [
        { platform: 'linux/arm/v7', digest: arm.manifest.digest, size: sizeOf(arm, 130) },
        { platform: 'linux/amd64', digest: amd64.manifest.digest, size: sizeOf(amd64, 120) },
        { platform: 'linux/s390x', digest: s390x.manifest.digest, size: sizeOf(s390x, 40) },
      ],
      image: { digest: amd64.manifest.digest, platform: 'linux/amd64', size: sizeOf(amd64, 120) },
    });
    // The shared layer counts once.
    expect(details.storedSize).toBe(sizeOf(arm, 130) + sizeOf(amd64, 20) + sizeOf(s390x, 40));
  });

  it.each([
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/v7', 'linux/arm/v7'],
    ['linux/s390x', 'linux/s390x'],
  ])('finds %s', async (wanted, found) => {
    expect((await inspectT(content, wanted)).details.image?.platform).toBe(found);
  });

  it('says which platforms there are when the one wanted is not among them', async () => {
    for (const wanted of ['linux/arm/v6', 'windows/amd64', 'x']) {
      await expect(inspectT(content, wanted)).rejects.toMatchObject({
        code: 'PLATFORM_NOT_FOUND',
        data: {
          ...{ reference: expect.stringMatching(/\/x:t$/), platform: wanted },
          platforms: ['linux/arm/v7', 'linux/amd64', 'linux/s390x'],
        },
      });
    }
  });

  it('takes this machine’s platform when none is wanted, else the first', async () => {
    const own = image('linux', ownPlatform().slice('linux/'.length), [layer(5, 'e')]);
    const both = {
      ...manifestAt(own.manifest.digest, own.manifest),
      ...blobs(own.config),
      ...all,
    };
    const withOwn = indexOf([entry(s390x.manifest, linux('s390x')), entry(own.manifest)]);
    const chosen = await inspectT({ ...both, ...manifestAt('t', withOwn, oci.index) });
    expect(chosen.details.image?.platform).toBe(ownPlatform());
    const without = indexOf([entry(s390x.manifest, linux('s390x')), entry(arm.manifest)]);
    const first = await inspectT({ ...all, ...manifestAt('t', without, oci.index) });
    expect(first.details.image?.platform).toBe('linux/s390x');
  });

  it('says what the registry has lost', async () => {
    const lost = entry(jsonBlob({ lost: true }), linux('riscv64'));
    const holed = indexOf([lost, entry(arm.manifest, linux('arm', { variant: 'v7' }))]);
    const some = { ...all, ...manifestAt('t', holed, oci.index) };
    const { details } = await inspectT(some);
    expect(details.platforms[0]).toMatchObject({
      ...{ platform: 'linux/riscv64', size: null, missing: true },
    });
    expect(details.image?.platform).toBe('linux/arm/v7');
    await expect(inspectT(some, 'linux/riscv64')).rejects.toMatchObject({
      code: 'TAG_NOT_FOUND',
      data: { reference: expect.stringContaining(lost.digest) },
    });
    const gone = indexOf([lost]);
    const none = await inspectT(manifestAt('t', gone, oci.index));
    expect(none.details).toMatchObject({ image: null, storedSize: null });
  });

  it('looks into indexes of indexes, and takes inlined manifests', async () => {
    const inner = indexOf([entry(amd64.manifest, linux('amd64'))]);
    const outer = indexOf([
      describeBlob(oci.index, inner, { data: inner.bytes.toString('base64') }),
    ]);
    const { details, fake } = await inspectT({ ...all, ...manifestAt('t', outer, oci.index) });
    expect(details.platforms.map(({ platform }) => platform)).toEqual(['linux/amd64']);
    expect(fake.seen.map(({ path }) => path)).not.toContain(`/v2/x/manifests/${inner.digest}`);
  });

  it('recognises a build cache, whose layers are in the index', async () => {
    const cache = indexOf([
      layer(7, 'f'),
      layer(3, '9', { mediaType: 'application/vnd.buildkit.cacheconfig.v0' }),
    ]);
    const { details } = await inspectT(manifestAt('t', cache, oci.index), 'linux/amd64');
    expect(details).toMatchObject({
      ...{ kind: 'build-cache', storedSize: 10, platforms: [], image: null },
    });
  });

  it('refuses to be drowned', async () => {
    const many = indexOf(
      Array.from({ length: 600 }, (_, at) => ({
        ...entry(jsonBlob({ at }), linux('amd64')),
      })),
    );
    await expect(inspectT(manifestAt('t', many, oci.index))).rejects.toHaveProperty(
      'code',
      'REGISTRY_RESPONSE_INVALID',
    );
    const large = Array.from({ length: 5 }, (_, at) =>
      jsonBlob({ mediaType: oci.manifest, layers: [], at, x: 'x'.repeat(4_000_000) }),
    );
    const heavy = indexOf(large.map((one) => entry(one, linux('amd64'))));
    const served = Object.assign({}, ...large.map((one) => manifestAt(one.digest, one))) as object;
    await expect(
      inspectT({ ...served, ...manifestAt('t', heavy, oci.index) }),
    ).rejects.toHaveProperty('code', 'REGISTRY_RESPONSE_INVALID');
  });
});
