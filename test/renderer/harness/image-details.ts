import { RegentError } from '../../../shared/errors/index.ts';
import type {
  ImageDetails,
  ImageFacts,
  Layer,
  Referrer,
} from '../../../shared/model/image-details.ts';
import type { FileContent } from '../../../shared/model/layer-file.ts';
import { tagDetail } from './images.ts';

const instructions = [
  ['ADD alpine-minirootfs-3.22.tar.gz / # buildkit', 3_620_000],
  ['RUN /bin/sh -c apk add --no-cache nodejs npm # buildkit', 41_200_000],
  ['COPY package.json package-lock.json ./ # buildkit', 84_000],
  ['RUN /bin/sh -c npm ci --omit=dev # buildkit', 23_900_000],
  ['COPY . . # buildkit', 1_100_000],
] as const;

const digestOf = (seed: number): string =>
  `sha256:${(0x1000_0000 + seed).toString(16).repeat(8).slice(0, 64)}`;

const layers: readonly Layer[] = instructions.map(([createdBy, size], at) => ({
  ...{ digest: digestOf(at), size, createdBy, foreign: false },
  mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip',
}));

function factsOf(digest: string, platform: string, created: string | null): ImageFacts {
  const step = { created, comment: 'buildkit.dockerfile.v0' };
  return {
    ...{ digest, platform, created, author: null, configDigest: digestOf(77), layers },
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    size: layers.reduce((sum, { size }) => sum + (size ?? 0), 4_096),
    config: {
      ...{ user: 'node', workingDir: '/app', stopSignal: 'SIGTERM', volumes: ['/data'] },
      entrypoint: ['docker-entrypoint.sh'],
      command: ['node', 'server.js'],
      env: ['PATH=/usr/local/sbin:/usr/local/bin:/usr/bin:/bin', 'NODE_ENV=production'],
      ports: ['8080/tcp'],
      labels: [
        ['org.opencontainers.image.source', 'https://git.example.com/team/api'],
        ['org.opencontainers.image.licenses', 'MIT'],
      ],
      healthcheck: ['CMD-SHELL', 'wget -qO- http://localhost:8080/health'],
    },
    history: [
      ...layers.map(({ digest: layer, createdBy }) => ({
        ...step,
        ...{ layer, createdBy: createdBy ?? '' },
      })),
      { ...step, createdBy: 'CMD ["node" "server.js"]', layer: null },
    ],
  };
}

/** What an imagined tag holds. */
export function imageDetails(repository: string, reference: string, wanted?: string): ImageDetails {
  const name = `nas.local:5000/${repository}:${reference}`;
  if (reference === 'lost') throw new RegentError('TAG_NOT_FOUND', { reference: name });
  const { digest, mediaType, platforms, created } = tagDetail(repository, reference);
  if (wanted !== undefined && !platforms.includes(wanted)) {
    throw new RegentError('PLATFORM_NOT_FOUND', { reference: name, platform: wanted, platforms });
  }
  const platform = wanted ?? platforms[0] ?? 'linux/amd64';
  // Each tag has an image of its own, and one for each platform.
  const own = Number.parseInt(digest.slice(7, 13), 16) + platforms.indexOf(platform);
  const image = factsOf(digestOf(own), platform, created);
  const manifest = { schemaVersion: 2, mediaType, annotations: { 'test.regent': reference } };
  return {
    ...{ digest, mediaType, image, kind: 'multi-platform', detail: null, subject: null },
    storedSize: (image.size ?? 0) * platforms.length,
    platforms: platforms.map((name, at) => ({
      ...{ platform: name, digest: digestOf(100 + at), size: image.size, missing: false },
      mediaType: image.mediaType,
    })),
    annotations: [['test.regent', reference]],
    manifest: JSON.stringify(manifest),
    warnings: [],
  };
}

/** The same as a registry of the first generation tells it: ids in place of digests. */
export function asFirstGeneration(details: ImageDetails): ImageDetails {
  const idOf = (digest: string): string => digest.replace('sha256:', '');
  const { image } = details;
  return {
    ...details,
    ...{ digest: idOf(details.digest), mediaType: 'application/json', kind: 'v1-image' },
    platforms: [],
    image: image && {
      ...image,
      ...{ digest: idOf(image.digest), configDigest: null },
      layers: image.layers.map((layer) => ({ ...layer, digest: idOf(layer.digest) })),
      history: image.history.map((step) => ({ ...step, layer: step.layer && idOf(step.layer) })),
    },
  };
}

/** An imagined SBOM. */
export function documentOf(digest: string): FileContent {
  const sbom = { spdxVersion: 'SPDX-2.3', name: 'team/api', packages: [{ name: 'busybox' }] };
  const text = JSON.stringify(sbom, undefined, 2);
  return { path: digest, size: text.length, text, truncated: false };
}

/** What is kept about the images of an imagined repository: something about one, nothing about the others. */
export function referrersOf(repository: string): Referrer[] {
  if (repository !== 'team/api') return [];
  const bundle = 'application/vnd.dev.sigstore.bundle.v0.3+json';
  const spdx = 'https://spdx.dev/Document';
  const common = {
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    created: '2026-01-18T10:00:00.000Z',
    annotations: [],
    documents: [{ ...layers[0], digest: digestOf(78), mediaType: 'application/json' } as Layer],
  };
  return [
    {
      ...{ ...common, digest: digestOf(200), kind: 'signature', type: bundle, size: 4_200 },
      ...{ platform: null, foundBy: 'referrers', documents: [] },
    },
    {
      ...{ ...common, digest: digestOf(201), kind: 'sbom', type: spdx, size: 812_000 },
      ...{ platform: 'linux/amd64', foundBy: 'index' },
    },
  ];
}
