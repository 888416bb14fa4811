import * as z from 'zod';
import { isDigest } from '../../../shared/model/digest.ts';
import type { Tag } from '../../../shared/model/image.ts';
import { formatPlatform, readPlatform } from '../../../shared/model/platform.ts';
import { isTag } from '../../../shared/model/reference.ts';
import { readCreated } from '../describe/created.ts';
import { manifestKind } from '../describe/media-types.ts';

const bytes = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const image = z
  .object({ digest: z.string().max(200).nullish(), size: bytes.nullish() })
  .loose()
  .catch({});

/** A tag as Hub's web API tells of it (docs.docker.com/reference/api/hub, "List repository tags"). */
export const hubTagSchema = z
  .object({
    name: z.string().refine(isTag),
    digest: z.string().refine(isDigest).nullish().catch(null),
    media_type: z.string().max(255).nullish().catch(null),
    images: z.array(image).max(1_000).catch([]),
    tag_last_pushed: z.unknown().optional(),
    last_updated: z.unknown().optional(),
  })
  .transform(tagOf);

/** What Hub knows of a tag; digest and type are null where it tells no such thing. */
export type HubTag = Omit<Tag, 'digest' | 'mediaType'> & {
  readonly digest: string | null;
  readonly mediaType: string | null;
};

function tagOf({
  name,
  digest,
  media_type,
  images,
  tag_last_pushed,
  last_updated,
}: {
  readonly name: string;
  readonly digest?: string | null | undefined;
  readonly media_type?: string | null | undefined;
  readonly images: readonly z.infer<typeof image>[];
  readonly tag_last_pushed?: unknown;
  readonly last_updated?: unknown;
}): HubTag {
  const platforms = images.flatMap((one) => readPlatform(one) ?? []).map(formatPlatform);
  return {
    name,
    digest: digest ?? null,
    mediaType: media_type && manifestKind(media_type) ? media_type : null,
    size: sizeOf(images),
    created: null,
    pushed: readCreated(tag_last_pushed) ?? readCreated(last_updated),
    platforms: [...new Set(platforms)],
  };
}

/** The bytes of all images; null where one of them is without a size, or there is none. */
function sizeOf(images: readonly z.infer<typeof image>[]): number | null {
  const sizes = new Map(images.map(({ digest, size }, at) => [digest ?? at, size]));
  let total = 0;
  for (const size of sizes.values()) {
    if (size === null || size === undefined) return null;
    total += size;
  }
  return sizes.size > 0 && Number.isSafeInteger(total) ? total : null;
}
