import * as z from 'zod';
import type { EngineStatus } from '../../shared/model/image.ts';
import type { Connection } from './find-engine.ts';
import { readEngineJson } from './read-json.ts';

const versionSchema = z.object({
  Version: z.string(),
  Platform: z.object({ Name: z.string().catch('') }).catch({ Name: '' }),
});

const infoSchema = z.object({
  Name: z.string().catch(''),
  ServerVersion: z.string().catch(''),
  SecurityOptions: z.array(z.string()).catch([]),
  DriverStatus: z.array(z.array(z.string())).catch([]),
  RegistryConfig: z
    .object({
      InsecureRegistryCIDRs: z.array(z.string()).catch([]),
      IndexConfigs: z.record(z.string(), z.object({ Secure: z.boolean().catch(true) })).catch({}),
    })
    .catch({ InsecureRegistryCIDRs: [], IndexConfigs: {} }),
});

/** What an engine says about itself at `/info`, as far as Regent needs it. */
export type EngineInfo = z.infer<typeof infoSchema>;

/** Asks an engine about itself. @throws RegentError as {@link readEngineJson} */
export function readInfo(connection: Connection, signal?: AbortSignal): Promise<EngineInfo> {
  return readEngineJson(connection, '/info', infoSchema, signal);
}

/**
 * Whether the engine reads this machine's own files. It says its host's name: virtual machines (Docker Desktop,
 * Colima), other machines behind a forwarded socket and containers have another one. Over the network only
 * loopback counts, since two machines may have the same name.
 */
export function isLocal({ endpoint }: Connection, info: EngineInfo, hostname: string): boolean {
  if (info.Name !== hostname) return false;
  return endpoint.kind === 'socket' || /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(endpoint.host);
}

/** Asks an engine for all that its status shows. @throws RegentError as {@link readEngineJson} */
export async function readStatus(connection: Connection, hostname: string): Promise<EngineStatus> {
  const [version, info] = await Promise.all([
    readEngineJson(connection, '/version', versionSchema),
    readInfo(connection),
  ]);
  return {
    state: 'ready',
    endpoint: connection.endpoint.url,
    name: nameOf(connection, version.Platform.Name),
    version: version.Version,
    apiVersion: connection.apiVersion,
    local: isLocal(connection, info, hostname),
    imageStore: hasContainerdStore(info) ? 'containerd' : 'classic',
  };
}

/** Product names are the same in every language. */
function nameOf({ podman }: Connection, platform: string): string {
  if (podman) return 'Podman';
  return platform.startsWith('Docker Desktop') ? 'Docker Desktop' : 'Docker Engine';
}

/** Whether the engine runs without root, which makes it read the trust of the user whose it is. */
export function isRootless({ SecurityOptions }: EngineInfo): boolean {
  return SecurityOptions.includes('name=rootless');
}

/** The one sign that tells the image stores apart. */
export function hasContainerdStore({ DriverStatus }: EngineInfo): boolean {
  return DriverStatus.some(
    ([key, value]) => key === 'driver-type' && value === 'io.containerd.snapshotter.v1',
  );
}
