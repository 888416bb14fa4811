import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { RegentError } from '../../shared/errors/index.ts';
import { type Endpoint, parseEndpoint } from './endpoint.ts';
import { readTlsMaterial } from './tls-material.ts';

const configSchema = z.object({ currentContext: z.string().optional() });
const metaSchema = z.object({
  Endpoints: z.object({ docker: z.object({ Host: z.string().min(1) }) }),
});

/**
 * The context that the docker CLI's config.json chooses; undefined for none. A file that is missing or damaged
 * chooses nothing, as for the docker CLI, which warns and goes on with its defaults.
 */
export async function readCurrentContext(dockerConfig: string): Promise<string | undefined> {
  const config = configSchema.safeParse(await readJson(join(dockerConfig, 'config.json')));
  return config.data?.currentContext || undefined;
}

/**
 * The endpoint of a context as the docker CLI stores it: `contexts/meta/<SHA-256 of the name>/meta.json`, and TLS
 * files beside it.
 * @throws RegentError `ENGINE_CONTEXT_MISSING` when there is no such context or it names no engine,
 * `ENGINE_UNSUPPORTED` when its engine is reached in a way that Regent does not support
 */
export async function readContextEndpoint(dockerConfig: string, name: string): Promise<Endpoint> {
  const id = createHash('sha256').update(name).digest('hex');
  const contexts = join(dockerConfig, 'contexts');
  const meta = metaSchema.safeParse(await readJson(join(contexts, 'meta', id, 'meta.json')));
  if (!meta.success) throw new RegentError('ENGINE_CONTEXT_MISSING', { context: name });
  const tls = await readTlsMaterial(join(contexts, 'tls', id, 'docker'));
  return parseEndpoint(meta.data.Endpoints.docker.Host, tls);
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
