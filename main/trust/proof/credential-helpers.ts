import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { problemOf } from '../../../shared/errors/index.ts';
import { readLimited } from '../../platform/read-limited.ts';
import type { ProofTools } from './proof-tools.ts';

const LIMIT = 1024 * 1024;

/** What the system says of a file that is not there. */
const ABSENT = ['ENOENT', 'ENOTDIR'];

/**
 * Whether Podman's settings name programs that keep logins (containers-registries.conf(5), `credential-helpers`): a
 * sign-in that works is stored there, also where it is told another login file. Looks for the word in all files that
 * may count; one that can't be read may have it.
 */
export async function namesCredentialHelpers({
  env,
  places,
}: Pick<ProofTools, 'env' | 'places'>): Promise<boolean> {
  const folders = [
    join(places.home, '.config', 'containers'),
    join(places.root, 'etc', 'containers'),
    join(places.root, 'usr', 'share', 'containers'),
  ];
  const chosen = [env.CONTAINERS_REGISTRIES_CONF, env.REGISTRIES_CONFIG_PATH];
  const dropIns = await Promise.all(
    folders.map((folder) => filesIn(join(folder, 'registries.conf.d'))),
  );
  const files = [
    ...chosen.flatMap((path) => path || []),
    ...folders.map((folder) => join(folder, 'registries.conf')),
    ...dropIns.flat(),
  ];
  const found = await Promise.all(files.map(mayNameHelpers));
  return found.includes(true);
}

async function filesIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.filter((name) => name.endsWith('.conf')).map((name) => join(folder, name));
}

async function mayNameHelpers(path: string): Promise<boolean> {
  try {
    const text = Buffer.from(await readLimited(path, LIMIT)).toString('utf8');
    // Keys of TOML may be quoted, and written with escapes.
    return text
      .split(/\r?\n/)
      .some((line) => !/^\s*#/.test(line) && /credential-helpers|\\u/i.test(line));
  } catch (error) {
    const failure = problemOf(error);
    return failure.code !== 'FILE_FAILED' || !ABSENT.includes(failure.data.reason);
  }
}
