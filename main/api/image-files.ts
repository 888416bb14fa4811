import type { DomainHandlers } from '../../shared/contract/handlers.ts';
import type { imageFilesContract } from '../../shared/contract/image-files.ts';
import {
  comparePlaced,
  comparePlacedFiles,
  type PlacedImage,
} from '../registry/files/compared-images.ts';
import { imageFile } from '../registry/files/image-file.ts';
import { imageFileBytes } from '../registry/files/image-file-bytes.ts';
import { imageFiles } from '../registry/files/image-files.ts';
import type { Place } from '../registry/place.ts';
import type { Services } from './services.ts';

/** A repository as it is named in the contract. */
interface Where {
  readonly address: string;
  readonly repository: string;
}

/** Serves what is inside images. */
export function imageFilesHandlers({
  clients,
}: Services): DomainHandlers<typeof imageFilesContract> {
  const placeOf = async (
    { address, repository }: Where,
    reference: string,
    signal: AbortSignal,
  ): Promise<Place> => (await clients.of(address)).imageAt(repository, reference, signal);
  const placed = async (
    image: Where & Omit<PlacedImage, 'place'>,
    signal: AbortSignal,
  ): Promise<PlacedImage> => ({ ...image, place: await placeOf(image, image.reference, signal) });
  return {
    files: async function* (input, { signal }) {
      yield* imageFiles(await placeOf(input, input.digest, signal), input);
    },
    file: async (input, { signal }) =>
      imageFile(await placeOf(input, input.digest, signal), input, input.path),
    fileBytes: async function* (input, { signal }) {
      for await (const piece of imageFileBytes(
        await placeOf(input, input.digest, signal),
        input,
        input.path,
      )) {
        yield { base64: piece.toString('base64') };
      }
    },
    compare: async ({ left, right }, { signal }) =>
      comparePlaced(await placed(left, signal), await placed(right, signal)),
    compareFiles: async function* ({ left, right }, { signal }) {
      yield* comparePlacedFiles(await placed(left, signal), await placed(right, signal));
    },
  };
}
