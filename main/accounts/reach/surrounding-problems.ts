import { realpath } from 'node:fs/promises';
import { type Problem, problem } from '../../../shared/errors/index.ts';
import { findOnPath } from '../../platform/find-on-path.ts';
import { dockerConfigKey } from '../server-key.ts';
import type { Surroundings } from './surroundings.ts';

/** What stands in the way around docker's settings, and which Regent can only tell. */
export async function surroundingProblems(
  { env, path }: Pick<Surroundings, 'env' | 'path'>,
  addresses: readonly string[],
): Promise<readonly Problem[]> {
  const hidden = hiddenByVariable(env.DOCKER_AUTH_CONFIG, addresses);
  const docker = await findOnPath('docker', path);
  return [
    ...(hidden.length > 0 ? [problem('DOCKER_AUTH_VARIABLE', { addresses: hidden })] : []),
    ...(docker !== undefined && (await isSnap(docker))
      ? [problem('DOCKER_SNAP', { path: docker })]
      : []),
  ];
}

/** docker 28.3 and newer read this variable before all stores (docker/cli: cli/config/memorystore/store.go). */
function hiddenByVariable(
  text: string | undefined,
  addresses: readonly string[],
): readonly string[] {
  const keys = new Set(readKeys(text ?? ''));
  return [...new Set(addresses)].filter((address) => keys.has(dockerConfigKey(address) ?? ''));
}

/** The text holds secrets, so nothing of it but the keys is looked at. */
function readKeys(text: string): readonly string[] {
  try {
    const { auths } = JSON.parse(text) as { readonly auths?: unknown };
    return typeof auths === 'object' && auths !== null ? Object.keys(auths) : [];
  } catch {
    return [];
  }
}

/** A docker that came as a snap has a home of its own and can start no program outside of it. */
async function isSnap(docker: string): Promise<boolean> {
  const real = await realpath(docker).catch(() => docker);
  return docker.startsWith('/snap/') || real.startsWith('/snap/') || real === '/usr/bin/snap';
}
