import { RegentError } from '../../../shared/errors/index.ts';
import type { LocalImage, Tag } from '../../../shared/model/image.ts';

/** The tags of an imagined repository; one of them is hostile, one can't be read. */
export function tagNames(repository: string): readonly string[] {
  if (repository.includes('gone')) {
    throw new RegentError('REPOSITORY_NOT_FOUND', { address: 'nas.local:5000', repository });
  }
  if (repository.includes('bare')) return [];
  if (repository === 'team/huge')
    return Array.from({ length: 100_000 }, (_, index) => `build-${index}`);
  const releases = Array.from(
    { length: 64 },
    (_, index) => `2.${Math.floor((63 - index) / 8)}.${(63 - index) % 8}`,
  );
  const attached = repository.includes('signed')
    ? ['sig', 'att', 'sbom'].map((end) => `sha256-${'5e'.repeat(32)}.${end}`)
    : [];
  return [...attached, 'latest', 'forever', 'broken', 'unreadable', ...releases];
}

/** What is behind an imagined tag. */
export function tagDetail(repository: string, name: string): Tag {
  if (name === 'unreadable') {
    throw new RegentError('REGISTRY_ERROR', {
      address: 'nas.local:5000',
      status: 500,
      detail: 'UNKNOWN',
    });
  }
  if (repository.includes('limited')) {
    throw new RegentError('RATE_LIMITED', { address: 'nas.local:5000', seconds: 600 });
  }
  // The newest release is the latest, too.
  const seed = [...`${repository}:${name === 'latest' ? '2.7.7' : name}`].reduce(
    (sum, char) => (sum * 31 + char.charCodeAt(0)) >>> 0,
    7,
  );
  const digest = Array.from({ length: 8 }, (_, index) =>
    ((seed * (index + 3) * 2_654_435_761) >>> 0).toString(16).padStart(8, '0'),
  ).join('');
  return {
    name,
    digest: `sha256:${digest}`,
    mediaType: 'application/vnd.oci.image.index.v1+json',
    size: 3_000_000 + (seed % 97) * 1_700_000,
    created:
      seed % 11 === 0
        ? null
        : new Date(Date.parse('2026-11-20T09:00:00Z') - (seed % 400) * 86_400_000).toISOString(),
    platforms: seed % 3 === 0 ? ['linux/amd64'] : ['linux/amd64', 'linux/arm64', 'linux/arm/v7'],
  };
}

/** Images of the imagined engine. */
export const localImages: LocalImage[] = Array.from({ length: 12 }, (_, index) => ({
  id: `sha256:${(index + 10).toString(16).repeat(64).slice(0, 64)}`,
  tags: index % 4 === 3 ? [] : [`nas.local:5000/team/api:2.${index}.0`],
  digests: [],
  size: 84_000_000 + index * 7_300_000,
  created: new Date(Date.parse('2026-11-18T09:00:00Z') - index * 86_400_000 * 3).toISOString(),
}));
