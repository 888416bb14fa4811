import { eventIterator } from '@orpc/contract';
import * as z from 'zod';
import { addressSchema } from '../model/address.ts';
import { tagSchema } from '../model/image.ts';
import { imageDetailsSchema, referrerSchema } from '../model/image-details.ts';
import { fileContentSchema } from '../model/layer-file.ts';
import { findingContract } from './finding.ts';
import { imageFilesContract } from './image-files.ts';
import { keptRepositoriesContract } from './kept-repositories.ts';
import { procedure } from './procedure.ts';
import { repositoryChangesContract } from './repository-changes.ts';

const repository = z.object({ address: addressSchema, repository: z.string().min(1).max(255) });
const digest = z.string().max(200);
const image = repository.extend({
  /** A tag or a digest. */
  reference: z.string().min(1).max(200),
  /** `os/arch[/variant]`: which image of an index. */
  platform: z.string().max(64).optional(),
});

/** What a registry holds. */
export const repositoriesContract = {
  ...keptRepositoriesContract,
  ...findingContract,
  ...imageFilesContract,
  ...repositoryChangesContract,
  /** All repositories, page by page; with `api` where it is the one before today's, which Docker no longer speaks. */
  list: procedure
    .input(z.object({ address: addressSchema }))
    .output(
      eventIterator(
        z.object({ repositories: z.array(z.string()), api: z.literal('v1').optional() }),
      ),
    ),
  /** The names of all tags, sorted for people. */
  tags: procedure
    .input(repository)
    .output(z.object({ repository: z.string(), tags: z.array(z.string()) })),
  /** What is behind one tag. */
  tag: procedure.input(repository.extend({ tag: z.string().min(1).max(128) })).output(tagSchema),
  /** All that an image or artifact tells of itself. */
  inspect: procedure.input(image).output(imageDetailsSchema),
  /** A small blob as text, such as an SBOM; 4 MiB at most are shown. `path` is its digest. */
  document: procedure.input(repository.extend({ digest })).output(fileContentSchema),
  /** Signatures, SBOMs, provenance and whatever else is about a manifest. */
  referrers: procedure
    .input(repository.extend({ digest }))
    .output(z.object({ referrers: z.array(referrerSchema).readonly() })),
};
