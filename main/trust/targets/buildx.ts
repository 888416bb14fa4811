import { join } from 'node:path';
import { buildkitSettings } from './buildkit.ts';
import type { Consumer, Machine, Places } from './target.ts';

function settings({ dockerConfig }: Places): string {
  return join(dockerConfig, 'buildx');
}

/** What buildx itself allows (docker/buildx, store/util.go); a dash at the beginning would be an option. */
const NAME = /^[A-Za-z][A-Za-z0-9._-]*$/;

/** The names of the builders that run in containers, from buildx's own records (docker/buildx, store). */
async function builders({ places, names, readText }: Machine): Promise<readonly string[]> {
  const folder = join(settings(places), 'instances');
  const found: string[] = [];
  for (const name of await names(folder)) {
    const text = (await readText(join(folder, name))) ?? '';
    if (isContainerBuilder(text) && NAME.test(name)) found.push(name);
  }
  return found;
}

function isContainerBuilder(text: string): boolean {
  try {
    return (JSON.parse(text) as { Driver?: unknown } | null)?.Driver === 'docker-container';
  } catch {
    return false;
  }
}

/**
 * Builders in containers. They never read Docker's folder; buildx copies what these settings name into each
 * builder that is made from then on (docker/buildx, util/confutil).
 */
export const buildx: Consumer = {
  id: 'buildx',
  scope: 'user',
  find: async (machine) => {
    const [name] = await builders(machine);
    const folder = settings(machine.places);
    return name === undefined
      ? undefined
      : {
          evidence: join(folder, 'instances', name),
          place: join(folder, 'buildkitd.default.toml'),
        };
  },
  operations: (wish, places) =>
    buildkitSettings(wish, join(settings(places), 'buildkitd.default.toml'), settings(places)),
  notes: async (_wish, machine) =>
    (await builders(machine)).map((name) => ({
      code: 'builder-command',
      facts: {
        command: `docker buildx rm --keep-state ${name} && docker buildx create --name ${name} --driver docker-container`,
      },
    })),
};
