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

/** Settings, and the few things that only the main process may do for the window. */
export const settingsContract = {
  get: procedure.output(z.object({ settings: settingsSchema, locale: z.enum(['en', 'ko', 'pl']) })),
  set: procedure.input(settingsSchema).output(z.object({ settings: settingsSchema })),
  /** Puts text on the clipboard (the window itself has no clipboard permission). */
  copyText: procedure
    .input(z.object({ text: z.string().max(65_536) }))
    .output(z.object({ copied: z.boolean() })),
};
