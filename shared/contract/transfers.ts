import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { procedure } from './procedure.ts';

const source = z.object({
  address: addressSchema,
  repository: z.string().min(1).max(255),
  /** A tag or a digest. */
  reference: z.string().min(1).max(200),
  /** `os/arch[/variant]`: only this image of an index. */
  platform: z.string().max(64).optional(),
});
const started = z.object({ taskId: z.string() });

/** Images from a registry to the disk, and to other registries, with no engine. Both start work and answer at once. */
export const transfersContract = {
  /** Saves to an OCI layout, or to an archive as `docker save` makes it. Follow it with `tasks.watch`. */
  save: procedure
    .input(
      source.extend({
        /** `oci`: a folder, or a file that ends in `.tar`. `docker-archive`: a file, with one image. */
        format: z.enum(['oci', 'docker-archive']),
        /** Absolute. Only a terminal names it; in a window the user is asked outside of the page, whatever this says. */
        path: z.string().max(4096).optional(),
        /** Whether what stands there may be replaced. */
        force: z.boolean().optional(),
      }),
    )
    .output(started),
  /** Copies to another repository or registry. Without a tag, the copy is known by its digest alone. */
  copy: procedure
    .input(
      source.extend({
        target: z.object({
          address: addressSchema,
          repository: z.string().min(1).max(255),
          tag: z.string().min(1).max(128).optional(),
        }),
        /** Whether signatures, SBOMs and attestations come, too. */
        referrers: z.boolean().optional(),
      }),
    )
    .output(started),
};
