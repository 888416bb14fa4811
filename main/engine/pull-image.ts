import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import { type CreateImageOptions, createImage } from './create-image.ts';
import type { Connection } from './find-engine.ts';
import { fullName, type ImageName, splitImageName } from './image-name.ts';
import {
  finishPull,
  type PullProgress,
  type PullState,
  progressOf,
  reducePull,
  startPull,
} from './pull-progress.ts';
import { readEngineJson } from './read-json.ts';

/** How an image shall be pulled. The login is for this one request. */
export interface PullOptions extends CreateImageOptions {
  /** Compressed bytes by the first 12 hexadecimal digits of a layer's digest, where the manifest is known. */
  readonly sizes?: ReadonlyMap<string, number>;
  /** Called at each sign of progress, which can be many times a second. */
  readonly onProgress?: (progress: PullProgress) => void;
}

/** What a pull ended with. */
export interface PullResult {
  /** Digest of the manifest or index that the reference stands for; null where the engine does not tell. */
  readonly digest: string | null;
  /** True when the engine had the image already. */
  readonly upToDate: boolean;
}

const imageSchema = z.object({ RepoDigests: z.array(z.string()).nullish() });

/**
 * Pulls an image through the engine. Dropping the connection is how it is cancelled: the engine then stops at
 * once and keeps nothing of unfinished layers.
 * @throws RegentError `REFERENCE_INVALID`, `CANCELLED` when the signal fires, `ENGINE_UNREACHABLE` also when the
 * engine's report ends without saying how the pull ended, and what the engine's words mean
 */
export async function pullImage(
  connection: Connection,
  reference: string,
  options: PullOptions,
): Promise<PullResult> {
  const image = splitImageName(reference);
  try {
    const state = await followPull(connection, image, options);
    options.onProgress?.(progressOf(state));
    return {
      digest: state.digest ?? (await readDigest(connection, image, options.signal)),
      upToDate: state.upToDate,
    };
  } catch (error) {
    if (!options.signal?.aborted) throw error;
    throw new RegentError('CANCELLED', { subject: reference });
  }
}

async function followPull(
  connection: Connection,
  image: ImageName,
  options: PullOptions,
): Promise<PullState> {
  let state = startPull(options.sizes);
  for await (const line of createImage(connection, image, options)) {
    state = reducePull(state, line);
    options.onProgress?.(progressOf(state));
  }
  // Podman never says that it has finished; whether the image is there then is asked for its digest.
  if (state.finished) return state;
  if (connection.podman) return finishPull(state);
  throw new RegentError('ENGINE_UNREACHABLE', {
    endpoint: connection.endpoint.url,
    detail: 'EOF',
  });
}

async function readDigest(
  connection: Connection,
  image: ImageName,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const path = `/images/${encodeURI(fullName(image))}/json`;
  const { RepoDigests } = await readEngineJson(connection, path, imageSchema, signal);
  const own = RepoDigests?.find((name) => name.startsWith(`${image.name}@`));
  return own?.slice(image.name.length + 1) ?? null;
}
