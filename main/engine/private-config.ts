import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';

const configSchema = z.object({
  cliPluginsExtraDirs: z.array(z.string()).catch([]),
  currentContext: z.string().optional().catch(undefined),
  features: z.record(z.string(), z.string()).optional().catch(undefined),
  aliases: z.record(z.string(), z.string()).optional().catch(undefined),
});

/**
 * Runs something with a folder that the docker CLI can take for its own (`DOCKER_CONFIG`): the user's plugins,
 * contexts and builders, but none of the logins. So it asks no keychain, and says nobody's password to anybody.
 * The folder is gone afterwards.
 * @param dockerConfig the user's own folder
 */
export async function withPrivateConfig<T>(
  dockerConfig: string,
  use: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'regent-docker-'));
  try {
    const { cliPluginsExtraDirs, ...rest } = await readConfig(dockerConfig);
    const config = {
      ...rest,
      cliPluginsExtraDirs: [join(dockerConfig, 'cli-plugins'), ...cliPluginsExtraDirs],
      // Without any entry the CLI would look for a credential helper by itself.
      auths: { 'no-login.invalid': {} },
    };
    await writeFile(join(folder, 'config.json'), JSON.stringify(config), { mode: 0o600 });
    await symlink(join(dockerConfig, 'contexts'), join(folder, 'contexts'), 'junction');
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A file that is missing or damaged says nothing, as for the docker CLI. */
async function readConfig(dockerConfig: string): Promise<z.infer<typeof configSchema>> {
  const none = { cliPluginsExtraDirs: [] };
  try {
    const text = await readFile(join(dockerConfig, 'config.json'), 'utf8');
    return configSchema.safeParse(JSON.parse(text)).data ?? none;
  } catch {
    return none;
  }
}
