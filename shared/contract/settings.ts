import * as z from 'zod';
import { procedure } from './procedure.ts';

/** What the user has chosen. `system` follows the operating system. */
export const settingsSchema = z
  .object({
    theme: z.enum(['system', 'light', 'dark']),
    language: z.enum(['system', 'en', 'ko', 'pl']),
  })
  .readonly();
export type Settings = z.infer<typeof settingsSchema>;

/** What is kept on this machine of what registries have sent, in bytes. */
const cacheStatusSchema = z.object({
  /** The folder. */
  path: z.string(),
  /** Manifests and configs, by digest. */
  content: z.object({ bytes: z.number(), files: z.number(), limit: z.number() }),
  /** Lists of repositories and tags. */
  lists: z.number(),
  /** Why nothing is kept: a code of the system, or a reason of main/platform/check-folder.ts; null when all is well. */
  fault: z.string().nullable(),
});
export type CacheStatus = z.infer<typeof cacheStatusSchema>;

/** Settings, and the few things that only the main process may do for the window. */
export const settingsContract = {
  get: procedure.output(z.object({ settings: settingsSchema, locale: z.enum(['en', 'ko', 'pl']) })),
  set: procedure.input(settingsSchema).output(z.object({ settings: settingsSchema })),
  cache: procedure.output(cacheStatusSchema),
  /** Removes all that registries have sent; they can be asked again. */
  clearCache: procedure.output(cacheStatusSchema),
  /** Puts text on the clipboard (the window itself has no clipboard permission). */
  copyText: procedure
    .input(z.object({ text: z.string().max(65_536) }))
    .output(z.object({ copied: z.boolean() })),
};
