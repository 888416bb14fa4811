import { RegentError } from '../../../shared/errors/index.ts';
import type { ImageFacts } from '../../../shared/model/image-details.ts';
import type { CommandContext } from '../command.ts';
import { type NamedImage, readImage } from '../read-image.ts';

/** An image that was named on the command line, found in the registry. */
export interface ChosenImage {
  readonly named: NamedImage;
  readonly image: ImageFacts;
}

/**
 * Finds the image that a reference and a platform mean.
 * @throws RegentError `IMAGE_WITHOUT_FILES` for what is none, and those of `readImage` and the inspection
 */
export async function chooseImage(
  { client, signal }: CommandContext,
  typed: string,
  platform: string | undefined,
): Promise<ChosenImage> {
  const named = readImage(typed);
  const { address, repository, reference } = named;
  const { image } = await client.repositories.inspect(
    { address, repository, reference, ...(platform !== undefined && { platform }) },
    { signal },
  );
  if (!image) throw new RegentError('IMAGE_WITHOUT_FILES', { reference: named.name });
  return { named, image };
}

/** The layer whose digest begins as it was typed, with or without its algorithm. @throws as `chooseImage` */
export function chooseLayer({ named, image }: ChosenImage, typed: string): string {
  const begins = typed.includes(':') ? typed : `sha256:${typed}`;
  const found = new Set(
    image.layers.map(({ digest }) => digest).filter((digest) => digest.startsWith(begins)),
  );
  const [layer] = found;
  if (layer !== undefined && found.size === 1) return layer;
  const { address, repository } = named;
  const reference = `${address}/${repository}@${begins.slice(0, 200)}`;
  throw new RegentError('IMAGE_WITHOUT_FILES', { reference });
}
