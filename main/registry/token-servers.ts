import { join } from 'node:path';
import * as z from 'zod';
import type { Paths } from '../platform/paths.ts';
import { openStateFile } from '../platform/state-file.ts';

/**
 * The token servers with another name than their registry that a person has let have the password for it
 * (GitLab: `registry.example.com` and `gitlab.example.com`). Methods throw RegentError `STATE_INVALID`, `FILE_FAILED`.
 */
export interface TokenServers {
  /** Their origins, such as `https://gitlab.example.com`. */
  acceptedFor(address: string): Promise<readonly string[]>;
  accept(address: string, origin: string): Promise<void>;
  /** Lets none have the password any more, for each registry of which it is told that it has nobody's. */
  forget(isUnused: (address: string) => boolean): Promise<void>;
}

const stateSchema = z.object({
  version: z.literal(1),
  accepted: z.array(z.object({ address: z.string(), origin: z.url() })).readonly(),
});

/** Opens `token-servers.json` in Regent's data folder. */
export function openTokenServers({ data }: Pick<Paths, 'data'>): TokenServers {
  const file = openStateFile(join(data, 'token-servers.json'), stateSchema, {
    version: 1,
    accepted: [],
  });
  const acceptedFor = async (address: string) =>
    (await file.read()).accepted.filter((one) => one.address === address).map((one) => one.origin);
  return {
    acceptedFor,
    accept: async (address, origin) => {
      if ((await acceptedFor(address)).includes(origin)) return;
      await file.update(({ version, accepted }) => ({
        version,
        accepted: [...accepted, { address, origin }],
      }));
    },
    forget: async (isUnused) => {
      if (!(await file.read()).accepted.some(({ address }) => isUnused(address))) return;
      await file.update(({ version, accepted }) => ({
        version,
        accepted: accepted.filter(({ address }) => !isUnused(address)),
      }));
    },
  };
}
