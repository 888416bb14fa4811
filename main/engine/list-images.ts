import * as z from 'zod';
import type { LocalImage } from '../../shared/model/image.ts';
import type { Connection } from './find-engine.ts';
import { readEngineJson } from './read-json.ts';

const names = z.array(z.string()).nullish();
const imagesSchema = z.array(
  z.object({
    Id: z.string(),
    RepoTags: names,
    RepoDigests: names,
    Size: z.number(),
    Created: z.number(),
  }),
);

/** The images that an engine has, newest first. @throws RegentError as {@link readEngineJson} */
export async function listImages(connection: Connection): Promise<readonly LocalImage[]> {
  const images = await readEngineJson(connection, '/images/json', imagesSchema);
  return images
    .sort((a, b) => b.Created - a.Created)
    .map((image) => ({
      id: image.Id,
      tags: named(image.RepoTags),
      digests: named(image.RepoDigests),
      size: image.Size,
      created: new Date(image.Created * 1000).toISOString(),
    }));
}

/** Engines before API 1.43 list an image without names as `<none>:<none>`. */
function named(list: readonly string[] | null | undefined): readonly string[] {
  return (list ?? []).filter((name) => !name.startsWith('<none>'));
}
