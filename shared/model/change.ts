import * as z from 'zod';

/** One exact change of this machine, as it will be made. Paths are absolute; `mode` is octal text. */
export const changeSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('create-directory'), path: z.string(), mode: z.string() }).readonly(),
  z
    .object({
      kind: z.literal('write-file'),
      path: z.string(),
      mode: z.string(),
      content: z.string(),
    })
    .readonly(),
  /** A private key: its bytes are shown to nobody. */
  z.object({ kind: z.literal('write-secret'), path: z.string(), mode: z.string() }).readonly(),
  /**
   * An edit in somebody else's file: the lines that change, and no others, since they may hold what is nobody's
   * business. `before` is null where there is no file yet; `line` counts from 1.
   */
  z
    .object({
      kind: z.literal('edit-file'),
      path: z.string(),
      mode: z.string(),
      line: z.number().int(),
      before: z.string().nullable(),
      after: z.string(),
    })
    .readonly(),
  /** Something that is in the way gets another name beside its old one, and can get the old one back. */
  z.object({ kind: z.literal('set-aside'), path: z.string(), to: z.string() }).readonly(),
  z.object({ kind: z.literal('remove'), path: z.string() }).readonly(),
  z.object({ kind: z.literal('run'), argv: z.array(z.string()).readonly() }).readonly(),
]);

export type Change = z.infer<typeof changeSchema>;
