import * as z from 'zod';
import { problemSchema } from '../errors/problem-schema.ts';

/** What is behind a tag. Size in bytes as stored compressed, for one platform or the sum of distinct blobs. */
export const tagSchema = z
  .object({
    name: z.string(),
    /** In a registry of the first generation the image's id: hexadecimal digits that prove nothing. */
    digest: z.string(),
    mediaType: z.string(),
    /** Compressed bytes of one image; of an index, of all its distinct blobs. */
    size: z.number().nullable(),
    /** ISO 8601; null where the image does not state it. It is never the time of the push. */
    created: z.string().nullable(),
    /** ISO 8601: when the tag was pushed last; only where the registry says so, as Docker Hub does. */
    pushed: z.string().nullable().optional(),
    /** `os/arch[/variant]`, without attestations. */
    platforms: z.array(z.string()).readonly(),
  })
  .readonly();

/** An image of the local engine. Size in bytes as the engine counts it; `created` is ISO 8601. */
export const localImageSchema = z
  .object({
    id: z.string(),
    tags: z.array(z.string()).readonly(),
    digests: z.array(z.string()).readonly(),
    size: z.number(),
    created: z.string(),
  })
  .readonly();

/** The container engine in use, or why there is none. `endpoint` is as in `DOCKER_HOST`. */
export const engineStatusSchema = z.discriminatedUnion('state', [
  z
    .object({
      state: z.literal('ready'),
      endpoint: z.string(),
      /** For people: `Docker Engine`, `Podman`. */
      name: z.string(),
      version: z.string(),
      apiVersion: z.string(),
      /** Whether the engine runs on this machine, so that this machine's files are the ones it reads. */
      local: z.boolean(),
      imageStore: z.enum(['classic', 'containerd']),
    })
    .readonly(),
  z.object({ state: z.literal('absent'), problem: problemSchema }).readonly(),
]);

export type Tag = z.infer<typeof tagSchema>;
export type LocalImage = z.infer<typeof localImageSchema>;
export type EngineStatus = z.infer<typeof engineStatusSchema>;
