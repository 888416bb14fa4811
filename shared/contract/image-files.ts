import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { fileComparisonEventSchema, imageComparisonSchema } from '../model/image-comparison.ts';
import { fileContentSchema, layerFilesEventSchema } from '../model/layer-file.ts';
import { procedure } from './procedure.ts';

const repository = z.object({ address: addressSchema, repository: z.string().min(1).max(255) });
const digest = z.string().max(200);
/** An image by the digest of its manifest, with the layer if only one is meant. */
const files = repository.extend({ digest, layer: digest.optional() });
const file = files.extend({ path: z.string().min(1).max(16_384) });
const image = repository.extend({
  /** A tag or a digest. */
  reference: z.string().min(1).max(200),
  /** `os/arch[/variant]`: which image of an index. */
  platform: z.string().max(64).optional(),
});
const both = z.object({ left: image, right: image });

/** What is inside images. Nothing is unpacked on this machine, and no engine is asked. */
export const imageFilesContract = {
  /** The files of an image or of one layer, as they are read. */
  files: procedure.input(files).output(eventIterator(layerFilesEventSchema)),
  /** One file, 1 MiB of it at most. */
  file: procedure.input(file).output(fileContentSchema),
  /** One file of any size, byte for byte; to be trusted only when it ends well. */
  fileBytes: procedure.input(file).output(eventIterator(z.object({ base64: z.string() }))),
  /** Two images by their manifests and configs. */
  compare: procedure.input(both).output(imageComparisonSchema),
  /** Two images by their files and packages; reads the layers of both. */
  compareFiles: procedure.input(both).output(eventIterator(fileComparisonEventSchema)),
};
