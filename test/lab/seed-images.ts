import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { RegistryLogin } from './call-registry.ts';
import { type Image, imageOf, indexOf, type Layer, layerOf, mediaTypes } from './image-parts.ts';
import { requireLab } from './lab-missing.ts';
import { pushImage, pushManifest } from './push-image.ts';

/** One tag as it was pushed. */
export interface SeededTag {
  readonly repository: string;
  readonly tag: string;
  /** Of the manifest or index the tag points at. */
  readonly digest: string;
  readonly mediaType: string;
  /** `os/architecture`, in the order of the index. */
  readonly platforms: readonly string[];
  /** Compressed bytes of all layers and the config, for the first platform. */
  readonly size: number;
}

/** What `seedImages` put into a registry, by `repository:tag`. */
export type SeededImages = Readonly<Record<SeededName, SeededTag>>;

/** The tags that every seeded registry has. */
export type SeededName =
  | 'team/hello:1.0'
  | 'team/hello:2.0'
  | 'team/hello:latest'
  | 'team/multi:1.0'
  | 'team/big:1.0'
  | 'tools/ci/deep/base:2026-01';

/** Bytes of each of the three random layers of `team/big:1.0`. */
export const bigLayerBytes = 8 << 20;

const factsOf = (image: Image): Omit<SeededTag, 'repository' | 'tag'> => ({
  digest: image.manifest.digest,
  mediaType: image.mediaType,
  platforms: [`linux/${image.architecture}`],
  size: image.blobs.reduce((sum, blob) => sum + blob.bytes.length, 0),
});

async function seed<N extends SeededName>(
  registry: RegistryLogin,
  name: N,
  image: Image,
): Promise<Record<N, SeededTag>> {
  const colon = name.lastIndexOf(':');
  const [repository, tag] = [name.slice(0, colon), name.slice(colon + 1)];
  await pushImage(registry, repository, image, tag);
  return { [name]: { repository, tag, ...factsOf(image) } } as Record<N, SeededTag>;
}

async function seedIndex(
  registry: RegistryLogin,
  images: readonly [Image, ...Image[]],
): Promise<Record<'team/multi:1.0', SeededTag>> {
  const [repository, tag] = ['team/multi', '1.0'];
  for (const image of images) await pushImage(registry, repository, image);
  const index = indexOf(images);
  const mediaType = mediaTypes.oci.index;
  await pushManifest(registry, repository, tag, index, mediaType);
  const platforms = images.map(({ architecture }) => `linux/${architecture}`);
  const facts = { ...factsOf(images[0]), digest: index.digest, mediaType, platforms };
  return { 'team/multi:1.0': { repository, tag, ...facts } };
}

const textLayer = (path: string, content: string): Promise<Layer> => layerOf([{ path, content }]);

/**
 * Pushes a few small images over the registry's HTTP API, with no engine. An engine can pull and run them:
 * `team/hello` 1.0 (Docker schema 2), 2.0 and latest (OCI, the same image), `team/multi:1.0` (OCI index for
 * linux/amd64 and linux/arm64), `team/big:1.0` (three random layers of 8 MiB each, to watch and cancel a pull)
 * and `tools/ci/deep/base:2026-01`. All but `team/big` are the same bytes in every run.
 */
export async function seedImages(registry: RegistryLogin): Promise<SeededImages> {
  requireLab('busybox');
  const busybox = readFileSync('/usr/bin/busybox');
  const shell = await layerOf([
    { path: 'bin/busybox', content: busybox, mode: 0o755 },
    { path: 'bin/sh', linkTo: 'busybox' },
  ]);
  const one = await textLayer('hello.txt', 'Hello, one!\n');
  const two = await textLayer('hello.txt', 'Hello, two!\n');
  const arm = await textLayer('hello.txt', 'Hello from arm64!\n');
  const random = await Promise.all(
    [1, 2, 3].map((n) =>
      layerOf([{ path: `random-${n}`, content: randomBytes(bigLayerBytes) }], 0),
    ),
  );
  const hello2 = imageOf([shell, two], { created: '2026-02-03T04:05:06Z' });
  return {
    ...(await seed(registry, 'team/hello:1.0', imageOf([shell, one], { format: 'docker' }))),
    ...(await seed(registry, 'team/hello:2.0', hello2)),
    ...(await seed(registry, 'team/hello:latest', hello2)),
    ...(await seedIndex(registry, [hello2, imageOf([arm], { architecture: 'arm64' })])),
    ...(await seed(registry, 'team/big:1.0', imageOf([shell, ...random], {}))),
    ...(await seed(registry, 'tools/ci/deep/base:2026-01', imageOf([shell], {}))),
  };
}
