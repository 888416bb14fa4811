import { join } from 'node:path';
import * as z from 'zod';
import { openStateFile, type StateFile } from '../../platform/state-file.ts';

const helperSchema = z
  .object({
    path: z.string(),
    sha256: z.string(),
    /** The first folder that had to be made for it. */
    madeFolder: z.string().nullable(),
  })
  .readonly()
  .nullable();

const recordSchema = z
  .object({
    version: z.literal(1),
    helper: helperSchema,
    /** The one in another place that the helper takes over from, as long as that is not removed. */
    previous: helperSchema.default(null),
  })
  .readonly();

/** Where Regent installed its helper, and what it looked like. */
export type HelperRecord = z.infer<typeof recordSchema>;

/** Opens `helper.json` in Regent's data folder. */
export function openHelperRecord(dataFolder: string): StateFile<HelperRecord> {
  return openStateFile(join(dataFolder, 'helper.json'), recordSchema, {
    version: 1,
    helper: null,
    previous: null,
  });
}
