import { join } from 'node:path';
import * as z from 'zod';
import { openStateFile } from '../platform/state-file.ts';

const sizeSchema = z
  .object({
    width: z.int().min(900).max(16_384),
    height: z.int().min(600).max(16_384),
    maximized: z.boolean(),
  })
  .readonly();

/** A window's size in device-independent pixels. */
export type WindowSize = z.infer<typeof sizeSchema>;

const firstSize: WindowSize = { width: 1280, height: 800, maximized: false };

/** Remembers the window's size from one start to the next, in Regent's data folder. */
export function openWindowSize(dataFolder: string): {
  readonly read: () => Promise<WindowSize>;
  readonly write: (size: WindowSize) => Promise<void>;
} {
  const file = openStateFile(join(dataFolder, 'window.json'), sizeSchema, firstSize);
  return {
    // A size is not worth an error: with an unreadable file the window opens at its first size.
    read: () => file.read().catch(() => firstSize),
    write: async (size) => {
      await file.update(() => size).catch(() => undefined);
    },
  };
}
