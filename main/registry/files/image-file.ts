import type { FileContent } from '../../../shared/model/layer-file.ts';
import type { Place } from '../place.ts';
import { collectContent } from './collect-content.ts';
import { fileLimits } from './file-limits.ts';
import { findFile } from './find-file.ts';
import type { FilesOf } from './image-files.ts';
import { imageLayers, layersAt } from './image-layers.ts';
import { readText } from './read-text.ts';

/**
 * Reads one file of an image, or of one layer, to be shown: 1 MiB of it at most, as text if it is.
 * @throws RegentError as of `findFile`, `imageLayers` and `readBlob`
 */
export async function imageFile(
  place: Place,
  { digest, layer }: FilesOf,
  path: string,
): Promise<FileContent> {
  const { facts, path: names } = await findFile({
    layers: await imageLayers(place, digest, layer),
    path,
    open: layersAt(place),
    collect: (entry, done) => collectContent(entry, fileLimits.shown, done),
  });
  const bytes = facts.content?.bytes ?? Buffer.alloc(0);
  const truncated = bytes.length < facts.size;
  return { path: names.join('/'), size: facts.size, text: readText(bytes, truncated), truncated };
}
