import { RegentError } from '../../../shared/errors/index.ts';
import type {
  FileComparisonEvent,
  ImageComparison,
} from '../../../shared/model/image-comparison.ts';
import type { ImageFacts } from '../../../shared/model/image-details.ts';
import { inspect } from '../describe/inspect.ts';
import type { Place } from '../place.ts';
import { type ComparedLayer, compareFiles } from './compare-files.ts';
import { compareImages } from './compare-images.ts';
import { layersAt } from './image-layers.ts';

/** An image and where it is; the two that are compared may be on different registries. */
export interface PlacedImage {
  readonly place: Place;
  /** A tag or a digest. */
  readonly reference: string;
  readonly platform?: string | undefined;
}

/**
 * Compares two images by their manifests and configs.
 * @throws RegentError `IMAGE_WITHOUT_FILES` for what is no image, and as of `inspect`
 */
export async function comparePlaced(
  left: PlacedImage,
  right: PlacedImage,
): Promise<ImageComparison> {
  const [before, after] = await Promise.all([factsAt(left), factsAt(right)]);
  return compareImages(before, after);
}

/**
 * Compares two images by their files and packages. Ends at once when whoever reads it stops.
 * @throws RegentError as of `comparePlaced`, `compareFiles` and `readBlob`
 */
export async function* comparePlacedFiles(
  left: PlacedImage,
  right: PlacedImage,
): AsyncGenerator<FileComparisonEvent, void, void> {
  const stop = new AbortController();
  const own = ({ place, ...image }: PlacedImage): PlacedImage => ({
    ...image,
    place: { ...place, signal: AbortSignal.any([place.signal, stop.signal]) },
  });
  try {
    const [before, after] = await Promise.all([own(left), own(right)].map(layersOf));
    yield* compareFiles(before ?? [], after ?? []);
  } finally {
    stop.abort();
  }
}

async function layersOf(image: PlacedImage): Promise<readonly ComparedLayer[]> {
  const open = layersAt(image.place);
  const { layers } = await factsAt(image);
  return layers.filter(({ foreign }) => !foreign).map((layer) => ({ ...layer, open }));
}

async function factsAt({ place, reference, platform }: PlacedImage): Promise<ImageFacts> {
  const { image } = await inspect(place, reference, platform);
  if (image) return image;
  const { session, repository } = place;
  const mark = reference.includes(':') ? '@' : ':';
  const name = `${session.address}/${repository}${mark}${reference}`;
  throw new RegentError('IMAGE_WITHOUT_FILES', { reference: name });
}
