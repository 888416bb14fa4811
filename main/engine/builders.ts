import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { callEngine } from './call-engine.ts';
import type { Connection } from './find-engine.ts';
import { parseJson, readBody } from './read-body.ts';

const recordSchema = z.object({ Driver: z.literal('docker-container') });
const containerSchema = z.object({ State: z.object({ Running: z.boolean() }) });

/** The names of the builders in containers, from buildx's own records (docker/buildx, store). */
export async function listBuilders(folder: string): Promise<readonly string[]> {
  const instances = join(folder, 'instances');
  const names = (await readdir(instances).catch(() => [])).filter((name) =>
    /^[A-Za-z][A-Za-z0-9._-]*$/.test(name),
  );
  const records = await Promise.all(
    names.map((name) => readFile(join(instances, name), 'utf8').catch(() => '')),
  );
  return names.filter(
    (_, index) => recordSchema.safeParse(parseJson(records[index] ?? '')).success,
  );
}

/** Whether a builder's first container runs. To ask one that does not would start it. */
export async function isRunning(
  { endpoint, apiVersion }: Connection,
  builder: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const path = `/v${apiVersion}/containers/buildx_buildkit_${builder}0/json`;
  const response = await callEngine(endpoint, {
    ...{ method: 'GET', path },
    ...(signal ? { signal } : {}),
  });
  const body = parseJson(await readBody(endpoint, response, signal));
  return containerSchema.safeParse(body).data?.State.Running ?? false;
}
